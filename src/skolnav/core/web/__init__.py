"""The page shell, the components and the manners of every page."""

from .render import render

__all__ = ["render"]
