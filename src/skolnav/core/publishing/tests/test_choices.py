"""To whom somebody may publish, and how many that is."""

from skolnav.core.feed.models import Side
from skolnav.core.publishing.choices import choices_for, labels_of, may_publish_to
from skolnav.core.publishing.counting import Count, count_reach
from skolnav.core.publishing.forms import AudienceForm
from skolnav.core.publishing.models import Target


def _labels(viewer):
    return [choice.label for school in choices_for(viewer) for choice in school.choices]


def test_a_teacher_writes_to_her_own_groups_and_a_principal_to_the_whole_school(
    cast, sara, pelle, ingrid, lena, viewer_of
):
    whole = Target(f"s:{cast.ekdalsskolan.pk}", cast.ekdalsskolan.pk)
    own = Target(f"g:{cast.class_5b.pk}", cast.ekdalsskolan.pk)

    assert _labels(viewer_of(sara)) == ["5B"]
    assert _labels(viewer_of(pelle)) == []
    assert _labels(viewer_of(ingrid)) == ["Hela Ekdalsskolan", "Årskurs 5", "5B"]
    assert _labels(viewer_of(lena)) == [
        "Hela Ekdalsskolan", "Årskurs 5", "5B", "Hela Lillåskolan", "Årskurs 2", "2A", "Fritids Eken",
    ]  # fmt: skip
    assert may_publish_to(viewer_of(sara), [own])
    assert not may_publish_to(viewer_of(sara), [own, whole])
    assert may_publish_to(viewer_of(ingrid), [own, whole])


def test_the_count_is_of_people_and_not_of_ties(cast):
    both = [Target(f"g:{cast.class_5b.pk}", 1), Target(f"s:{cast.ekdalsskolan.pk}", 1)]

    # Kim and Elis; Anna, Omar and Maja. Robin's custody has ended.
    assert count_reach(both) == Count(2, 3)
    assert count_reach([Target(both[0].key, 1, Side.PUPILS)]) == Count(2, 0)
    assert count_reach([Target(both[0].key, 1, Side.GUARDIANS)]) == Count(0, 3)
    assert count_reach([]) == Count(0, 0)


def test_the_form_takes_what_may_be_picked_and_nothing_else(cast, sara, ingrid, viewer_of):
    own, whole = f"g:{cast.class_5b.public_id}", f"s:{cast.ekdalsskolan.public_id}"

    form = AudienceForm({"to": [own], "sides": ["1"]}, viewer=viewer_of(sara))
    assert form.is_valid()
    assert form.cleaned_data["audience"] == [
        Target(f"g:{cast.class_5b.pk}", cast.ekdalsskolan.pk, Side.GUARDIANS)
    ]

    assert not AudienceForm({"to": [whole], "sides": ["1"]}, viewer=viewer_of(sara)).is_valid()
    assert AudienceForm({"to": [whole], "sides": ["1"]}, viewer=viewer_of(ingrid)).is_valid()
    nothing = AudienceForm({}, viewer=viewer_of(sara))
    assert set(nothing.errors) == {"to", "sides"}


def test_somebody_with_one_group_has_it_ticked_already(cast, sara, viewer_of):
    assert AudienceForm(viewer=viewer_of(sara)).picked == ({f"g:{cast.class_5b.public_id}"}, {"1", "2"})


def test_what_a_piece_is_for_already_stays_though_the_writer_has_lost_the_group(cast, sara, ulla, viewer_of):
    already = [Target(f"g:{cast.class_2a.pk}", cast.lillaskolan.pk, Side.GUARDIANS)]

    form = AudienceForm(viewer=viewer_of(sara), already=already)

    assert form.picked == ({f"g:{cast.class_2a.public_id}"}, {"1"})
    assert [school.name for school in form.schools] == ["Ekdalsskolan", "Lillåskolan"]


def test_labels_stand_without_a_heading(cast):
    targets = [
        Target(f"y:{cast.lillaskolan.pk}:0", cast.lillaskolan.pk),
        Target(f"s:{cast.lillaskolan.pk}", cast.lillaskolan.pk),
        Target(f"g:{cast.class_5b.pk}", cast.ekdalsskolan.pk),
    ]

    assert list(labels_of(targets).values()) == ["Förskoleklass, Lillåskolan", "Hela Lillåskolan", "5B"]


def test_the_count_on_the_page_counts_only_what_one_may_pick(cast, sara, anna, ulla, client_of):
    ticked = {"to": f"g:{cast.class_5b.public_id}", "sides": ["1", "2"]}
    address = "/personal/publicering/nar/"

    assert "Når 2 elever och 3 vårdnadshavare." in client_of(sara).get(address, ticked).content.decode()
    assert "Når ingen än." in client_of(ulla).get(address, ticked).content.decode()
    assert client_of(anna).get(address, ticked).status_code == 404
