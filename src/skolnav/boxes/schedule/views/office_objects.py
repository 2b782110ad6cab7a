"""What stands in the grid's addresses, through the guard."""

from skolnav.core.access.pages import HubRequest
from skolnav.core.people.models import Group
from skolnav.core.timetable.models import Activity, ActivityGroup, Lesson


def group_of(request: HubRequest, public_id: str) -> Group:
    """A group at a school that the viewer leads, or Http404."""
    viewer = request.viewer
    groups = Group.objects.visible_to(viewer).filter(school__in=viewer.led_school_ids)
    return groups.select_related("school").get_or_404(public_id=public_id)


def lesson_of(request: HubRequest, group: Group, public_id: str) -> Lesson:
    """One of the group's weekly times, or Http404."""
    theirs = ActivityGroup.objects.filter(group=group).values("activity")
    lessons = Lesson.objects.editable_by(request.viewer).filter(activity__in=theirs)
    return lessons.select_related("activity", "room").get_or_404(public_id=public_id)


def activity_of(request: HubRequest, group: Group, public_id: str) -> Activity:
    """One of the group's activities, or Http404."""
    theirs = ActivityGroup.objects.filter(group=group).values("activity")
    return Activity.objects.editable_by(request.viewer).filter(pk__in=theirs).get_or_404(public_id=public_id)
