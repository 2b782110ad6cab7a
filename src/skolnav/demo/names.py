"""Names for invented people: as mixed, as long and as written as in a Swedish school."""

GIVEN = (
    "Alice Maja Vera Alma Selma Elsa Astrid Freja Ella Wilma Olivia Lilly Ebba Saga Signe Nora Stella Iris Leah "
    "Amina Fatima Maryam Noor Layla Hodan Ayaan Sumaya Zeynep Oksana Daria Mei Linh Aino Sanna "
    "William Liam Noah Hugo Lucas Adam Oliver Elias Nils Axel Arvid August Vincent Theo Frans Walter Melvin Sixten "
    "Omar Yusuf Ibrahim Ahmed Hamza Abdirahman Mohamed Bilal Emre Bohdan Taras Aleksander Jakub Eino Sammi"
).split()
GIVEN_ADULT = (
    "Emma Johanna Sofia Karin Hanna Linda Jenny Malin Helena Camilla Elin Kristina Åsa Ylva Birgitta Gunilla "
    "Fatima Samira Hodan Nasrin Zahra Agnieszka Olena Mirja Leyla Rojin Thi "
    "Johan Anders Mikael Fredrik Daniel Erik Magnus Peter Stefan Jonas Marcus Henrik Björn Göran Åke "
    "Hassan Ali Yusuf Abdullahi Reza Tomasz Andriy Jari Mehmet Dilshad Minh"
).split()
FAMILY = (
    "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Lindberg Sjöberg "
    "Björk Ek Dahl Nyström Öberg Åström Hedlund Sundström Wikström Hellgren Ahlqvist Strömbäck Grönlund "
    "Hassan Ali Abdi Mohamud Warsame Haddad Khalil Rashid Rahimi Hosseini Yılmaz Demir Kowalski Nowak Kovalenko "
    "Virtanen Korhonen Nguyen Petrović Hodžić Gebremedhin Lindqvist-Abdirahman"
).split()
# The hardest names to set: sixty characters, and one that reads from the right.
LONG_NAME = ("Maximiliana Fredrika Ottilia", "von Sachsen-Hildburghausen-Strömbäck")
ARABIC_NAME = ("ليلى", "الحدّاد")
STREETS = "Björkvägen Skolgatan Ekbacken Lillågatan Storgatan Åvägen Kvarnstigen Rönnvägen Hagagatan Tallstigen".split()
