"""Made-up rows as on a busy afternoon, and as on the worst one."""

from ui.models import QueueRow, TeamRow
from ui.theme import Shape, asked

NOW = 1_800_000_000.0
_LIMITS = {None: 60.0, 1: 600.0, 2: 1200.0, 3: 3600.0}

# number, priority, place, source, age, shape, state, next act, detail, owner
_WAITING = (
    ("146", None, "Albany Ave & Main St", "911", 42, Shape.NOT_ASSESSED, "NOT ASSESSED",
     "ask: weapon", "man shouting", ""),
    ("139", 1, "55 Park St, apt 2", "988", 739, asked(2), "Ring back", "2 of 4",
     "suicidal thoughts", ""),
    ("144", 1, "Bushnell Park, carousel", "911", 125, Shape.AGENCIES, "Team + police",
     "ready to send", "man alone, agitated", ""),
    ("142", 2, "124 Albany Ave, apt 3", "911", 221, Shape.TEAM_ALONE, "Team alone",
     "ready to send", "welfare check", ""),
    ("145", 2, "Sigourney St & Asylum Ave", "911", 66, asked(3), "Provisional", "ask: suicide",
     "hears voices", "A. Kim"),
    ("141", 3, "Public Library, 500 Main St", "officer", 2490, Shape.TEAM_ALONE, "Team alone",
     "waits for a team", "asleep at the door", ""),
    ("140", 3, "310 Wethersfield Ave", "211", 1302, asked(1), "Provisional", "ask: violence",
     "neighbours shouting", ""),
)  # fmt: skip
_WORKING = (
    ("138", 1, "88 Zion St", "911", 1330, Shape.ON_SCENE, "CRT 1 on scene",
     "check-in in {due}", "", "", 170),
    ("136", 2, "Pope Park, pool house", "911", 612, Shape.STAGED, "CRT 4 staged", "no police",
     "youth crying", "", -12),
    ("135", 2, "19 Babcock St", "911", 380, Shape.ON_THE_WAY, "CRT 3 on the way", "2.1 mi",
     "not eating", "A. Kim", None),
    ("133", 2, "640 Garden St, floor 2", "family", 1925, Shape.CHECK, "Mobile crisis",
     "accepted", "Dr. Shah", "", None),
    ("129", 3, "Union Station", "outreach", 3121, Shape.CLEARING, "CRT 7 clearing",
     "result to enter", "", "", None),
)  # fmt: skip
_TEAMS = (
    ("free", "CRT 2", Shape.FREE, "free", "", "1.4 mi, reported 9 min ago · Spanish", 723, None),
    ("free", "CRT 5", Shape.FREE, "free", "", "0.9 mi, from its base · no Spanish", 280, None),
    ("busy", "CRT 3", Shape.ON_THE_WAY, "on the way", "135", "19 Babcock St|told 14:25", 380,
     None),
    ("busy", "CRT 1", Shape.ON_SCENE, "on scene", "138", "88 Zion St|check-in in {due}", 1330,
     170),
    ("busy", "CRT 4", Shape.STAGED, "staged", "136", "Pope Park|waits for police", 195, -12),
    ("busy", "CRT 7", Shape.CLEARING, "clearing", "129", "Union Station|free soon", 95, None),
    ("not_here", "CRT 6", Shape.OUT_OF_SERVICE, "out of service", "", "meal · back 14:45", 1520,
     None),
    ("not_here", "CRT 8", Shape.OFF_DUTY, "off duty", "", "starts 16:00", None, None),
)  # fmt: skip


def queue(*, emergency: bool = False) -> list[QueueRow]:
    """Twelve incidents; with `emergency` the team at one of them calls for help."""
    rows = [
        QueueRow(
            key=number, section="waiting", number=number, place=place, state_shape=shape,
            state=state, priority=priority, source=source, next_act=act, detail=detail,
            owner=owner, waiting_since=NOW - age, limit_s=_LIMITS[priority],
            unread=priority is None, order=(rank,),
        )
        for rank, (number, priority, place, source, age, shape, state, act, detail, owner)
        in enumerate(_WAITING)
    ]  # fmt: skip
    for rank, line in enumerate(_WORKING):
        number, priority, place, source, age, shape, state, act, detail, owner, due = line
        help_me = emergency and number == "138"
        rows.append(
            QueueRow(
                key=number, section="working", number=number, place=place,
                state_shape=Shape.EMERGENCY if help_me else shape,
                state="EMERGENCY" if help_me else state, priority=priority, source=source,
                next_act="CRT 1, nobody owns it" if help_me else act, detail=detail,
                owner=owner, waiting_since=NOW - age, emergency=help_me,
                due_at=None if due is None or help_me else NOW + due, order=(rank,),
            )
        )  # fmt: skip
    return rows


def teams(*, emergency: bool = False) -> list[TeamRow]:
    """Eight teams; with `emergency` one of them calls for help."""
    rows = []
    for rank, (section, sign, shape, state, incident, words, age, due) in enumerate(_TEAMS):
        place, _, detail = words.rpartition("|")
        help_me = emergency and sign == "CRT 1"
        rows.append(
            TeamRow(
                key=sign, section=section, call_sign=sign,
                shape=Shape.EMERGENCY if help_me else shape,
                state="EMERGENCY" if help_me else state, incident=incident, place=place,
                detail="last heard 14:25" if help_me else detail,
                brief="no police" if shape is Shape.STAGED else
                      "check-in in {due}" if shape is Shape.ON_SCENE else "",
                started=NOW - (14 if help_me else age) if age else None,
                due_at=NOW + due if due and not help_me else None, emergency=help_me,
                order=(-1 if help_me else rank,),
            )
        )  # fmt: skip
    return rows


_STREETS = ("117 Barbour St", "80 Albany Ave", "308 Main St", "586 Capitol Ave",
            "Sigourney St & Broad St", "341 Main St", "Main St & Maple Ave", "929 Sigourney St",
            "Edgewood St & Franklin Ave", "Homestead & Barbour", "225 New Britain Ave")  # fmt: skip


def crowd() -> list[QueueRow]:
    """Forty waiting and twenty at work."""
    rows = []
    for number in range(60):
        priority = None if number < 3 else 1 + min(2, number // 20)
        states = ((Shape.NOT_ASSESSED, "NOT ASSESSED", "Not assessed"),) if priority is None else (
            (asked(1), "Provisional", "1 of 4 asked"), (asked(3), "Provisional", "Ask: suicide"),
            (Shape.AGENCIES, "Team + police", "Team + police"),
            (Shape.TEAM_ALONE, "Team alone", "Team alone"))  # fmt: skip
        shape, state, brief = states[number % len(states)]
        rows.append(
            QueueRow(
                key=str(number), section="waiting" if number < 41 else "working",
                number=str(259 - number), place=_STREETS[number % len(_STREETS)],
                state_shape=shape, state=state, brief=brief, next_act="ask: suicide",
                priority=priority, waiting_since=NOW - 20 - 37 * number % 1260,
                limit_s=_LIMITS[priority], order=(number,),
            )
        )  # fmt: skip
    return rows
