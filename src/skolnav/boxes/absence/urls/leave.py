from django.urls import URLPattern

family_urls: list[URLPattern] = []
staff_urls: list[URLPattern] = []
