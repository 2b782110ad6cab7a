"""The shelf of the demo: papers in folders, and links."""

from typing import NamedTuple

from skolnav.boxes.information.actions.shelf import place_documents, place_link

from .days import lately
from .files import paper
from .travel import acting_at
from .whom import Whom


class Paper(NamedTuple):
    name: str
    folder: str
    by: str
    to: str
    days_ago: int


class Address(NamedTuple):
    title: str
    address: str
    description: str
    folder: str
    by: str
    to: str


PAPERS = (
    Paper("lasarets-dagar", "Läsåret", "lena", "alla", 44),
    Paper("ledighet", "Läsåret", "lena", "alla", 40),
    Paper("ordningsregler", "Regler och planer", "ingrid", "Ekdalsskolan", 33),
    Paper("trygghetsplan", "Regler och planer", "ingrid", "Ekdalsskolan", 32),
    Paper("trygghet-lillaskolan", "Regler och planer", "asa.dahl", "Lillåskolan", 30),
    Paper("specialkost", "Mat", "lena", "alla", 28),
    Paper("fritids-dag", "Fritids", "nour", "Fritids Eken", 21),
    Paper("laslogg", "5B", "sara", "5B", 12),
    Paper("ramsor", "2A", "ulla", "2A", 9),
    Paper("matsedel", "Mat", "lena", "alla", 4),
    Paper("packlista", "5B", "sara", "5B", 1),
)
LINKS = (
    Address("Skolverket för vårdnadshavare", "https://www.skolverket.se/", "Hur skolan fungerar, från förskoleklass till årskurs 9, på många språk.", "Om skolan", "lena", "alla"),
    Address("När ska barnet stanna hemma?", "https://www.1177.se/barn--gravid/", "1177 om feber, magsjuka och när man kan gå tillbaka.", "Hälsa", "lena", "alla"),
    Address("Bris 116 111", "https://www.bris.se/", "För barn och unga som vill prata med en vuxen. Gratis, varje dag.", "Hälsa", "ingrid", "Ekdalsskolan"),
    Address("UR Skola", "https://urskola.se/", "Filmer och program till lektionerna, också för den som är hemma.", "Lära mer", "sara", "5B"),
    Address("Lexin", "https://lexin.nada.kth.se/", "Lexikon mellan svenska och tjugo andra språk, med bilder och uttal.", "Lära mer", "samira", "Modersmål arabiska"),
    Address("Matematik hemma", "https://www.skolverket.se/undervisning/grundskolan", "Vad ämnet handlar om i årskurs 4 till 6.", "Lära mer", "erik", "5B"),
    Address("Ekdals bibliotek", "https://bibliotek.ekdal.example/", "Låna böcker hem, läsgrupper och sagostunder.", "I Ekdal", "ulla", "2A"),
    Address("Skolskjuts i Ekdal", "https://www.ekdal.example/skolskjuts", "Vem som har rätt till skolskjuts, och hur man söker.", "I Ekdal", "lena", "alla"),
    Address("Veckans mat", "https://www.ekdal.example/skolmat", "Köket berättar vad som är på gång.", "I Ekdal", "lena", "alla"),
)  # fmt: skip


def fill_shelf(whom: Whom) -> None:
    """Place every paper and link, each on its day."""
    for one in PAPERS:
        actor = whom.writer(one.by)
        with acting_at(lately(one.days_ago, 13, 20)):
            place_documents(
                actor=actor, files=[paper(actor, one.name)], folder=one.folder, audience=whom.targets(one.to)
            )
    for number, link in enumerate(LINKS):
        with acting_at(lately(10 + 3 * number, 14, 45)):
            place_link(
                actor=whom.writer(link.by),
                title=link.title,
                address=link.address,
                description=link.description,
                folder=link.folder,
                audience=whom.targets(link.to),
            )
