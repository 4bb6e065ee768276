"""Fills an empty room with an evening under way: teams, calls, answers, hand-overs, cautions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from crt_console.console import Console
from crt_console.domain.commands import (
    AcceptHandover,
    AddCaution,
    AddNote,
    AddUnit,
    AnswerFacts,
    AssignUnits,
    CloseIncident,
    Command,
    DeclineHandover,
    EndShift,
    MarkUnreachable,
    OfferHandover,
    Outcome,
    ReceiveCall,
    ReportStatus,
    SetOutOfService,
    StartShift,
)
from crt_console.domain.words import UnitStatus
from crt_console.inbound.demo_day import Day, Scene, Story, Team
from crt_console.inbound.demo_pace import people

SYSTEM = "demo CAD"
CAD = "CAD"
_SHIFT = timedelta(hours=8)
_MEAL = 4  # minutes ago
_JUST_ASKED = 0.3  # the same
_TOOK_BY_PHONE = 18  # minutes until an incident without a team was over


class Seeder:
    """Enters the evening as if it had been entered all along, by different people."""

    def __init__(self, console: Console, day: Day, *, me: str, now: datetime) -> None:
        self._console, self._day, self._now = console, day, now
        (first, second), self._supervisor = people(me)
        self._people = {"me": me, "first": first, "second": second}
        self._seq = 0

    async def run(self) -> int:
        """Enter everything, oldest first, so that numbers rise with time; return the last entry."""
        await self._console.add_places(self._day.places)
        for team in self._day.teams:
            await self._team(team)
        evening = self._day.evening
        for caution in evening.cautions:
            await self._do(AddCaution(about=caution.about, text=caution.text), caution.by)
        ended = {scene.story for scene in evening.closed}
        for scene in sorted((*evening.closed, *evening.open), key=lambda s: -s.ago):
            await self._scene(scene, self._day.stories[scene.story], ended=scene.story in ended)
        for sign, reason in evening.out_of_service.items():
            out = SetOutOfService(unit=sign, reason=reason, happened_at=self._ago(_MEAL))
            await self._do(out, sign)
        return self._seq

    def _ago(self, minutes: float) -> datetime:
        return self._now - timedelta(minutes=minutes)

    async def _do(self, command: Command, by: str) -> Outcome:
        outcome = await self._console.do(command, by=by)
        self._seq = outcome.seq or self._seq
        return outcome

    async def _team(self, team: Team) -> None:
        card = AddUnit(
            call_sign=team.call_sign,
            members=team.members,
            skills=team.skills,
            languages=team.languages,
            at=team.base,
        )
        await self._do(card, self._supervisor)
        await self._do(EndShift(unit=team.call_sign), self._supervisor)
        if not team.reserve:
            began = self._ago(self._day.evening.shift[team.call_sign])
            shift = StartShift(unit=team.call_sign, ends_at=began + _SHIFT, happened_at=began)
            await self._do(shift, team.call_sign)

    async def _scene(self, scene: Scene, story: Story, *, ended: bool) -> None:
        who = self._people.get(scene.owner, self._people["first"])
        incident = await self._call(scene, story, who)
        for command in self._said(scene, story, incident):
            await self._do(command, who)
        await self._sent(scene, incident, who)
        await self._answered(scene, incident, who)
        for text in scene.notes:
            note = AddNote(incident=incident, text=text, happened_at=self._ago(scene.ago / 3))
            await self._do(note, who)
        if ended:
            over = scene.steps.get("available", scene.ago - _TOOK_BY_PHONE) - 1
            await self._do(
                CloseIncident(
                    incident=incident,
                    disposition=story.ends,
                    text=story.said,
                    happened_at=self._ago(over),
                ),
                who,
            )

    async def _call(self, scene: Scene, story: Story, who: str) -> str:
        nobody = scene.owner == "none"
        external = f"D26-{list(self._day.stories).index(story.id):05d}" if nobody else None
        call = call_of(self._day, story, external=external, at=self._ago(scene.ago))
        await self._do(call, CAD if nobody else who)
        return call.incident_id

    def _said(self, scene: Scene, story: Story, incident: str) -> Iterable[Command]:
        facts = tuple(story.facts.items())[: scene.answers]
        at = self._ago(scene.ago * 0.9)
        if facts:
            yield AnswerFacts(incident=incident, answers=facts, happened_at=at)
        if scene.lost:
            yield MarkUnreachable(incident=incident, happened_at=at)

    async def _sent(self, scene: Scene, incident: str, who: str) -> None:
        for step, minutes in scene.steps.items():
            at = self._ago(minutes)
            if step == UnitStatus.ASSIGNED:
                send = AssignUnits(units=(scene.team,), incident=incident, happened_at=at)
                await self._do(send, who)
            else:
                report = ReportStatus(unit=scene.team, status=UnitStatus(step), happened_at=at)
                await self._do(report, scene.team)

    async def _answered(self, scene: Scene, incident: str, who: str) -> None:
        at = self._ago(scene.ago * 0.5)
        told = {*scene.accepted, *scene.declined}
        for agency in dict.fromkeys((*scene.asked, *scene.accepted)):
            # a clock runs from now for what was not answered: it cannot have been asked long ago
            asked = self._ago(scene.ago * 0.6 if agency in told else _JUST_ASKED)
            offer = OfferHandover(incident=incident, agency=agency, happened_at=asked)
            await self._do(offer, who)
        for agency, reason in scene.declined.items():
            no = DeclineHandover(incident=incident, agency=agency, reason=reason, happened_at=at)
            await self._do(no, who)
        for agency in scene.accepted:
            accept = accepted(self._day, incident, agency, scene.ago % 1.0, at=at)
            await self._do(accept, who)
        for agency in scene.again:
            offer = OfferHandover(
                incident=incident, agency=agency, happened_at=self._ago(_JUST_ASKED)
            )
            await self._do(offer, who)


def call_of(
    day: Day, story: Story, *, external: str | None = None, at: datetime | None = None
) -> ReceiveCall:
    """Return the call with which a story begins; with a CAD's number nobody owns it yet."""
    return ReceiveCall(
        at=at,
        source=story.source,
        system=SYSTEM if external else "",
        external=external,
        place=story.place,
        type=story.type,
        priority=story.priority,
        text=story.text,
        call_back=None if story.source.planned else day.call_backs[story.id],
        language=story.language,
    )


def accepted(
    day: Day, incident: str, agency: str, chance: float, at: datetime | None = None
) -> AcceptHandover:
    """Return an agency's yes, with who said it and their number."""
    desk = day.agencies[agency]
    return AcceptHandover(
        incident=incident,
        agency=agency,
        name=desk.names[int(chance * len(desk.names))],
        number=f"{desk.number}{1000 + int(chance * 9000)}",
        happened_at=at,
    )
