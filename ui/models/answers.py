"""An answer that nobody has given yet, in words a dispatcher would say: `high up or at water`."""

from crt_console.domain.incident import FactValue
from crt_console.protocol.guidance import label
from crt_console.protocol.pack import Pack
from ui.models.speech import fact_word, inside

# What the button below the question says, said without the question.
SPOKEN: dict[tuple[str, FactValue], str] = {
    ("medical", "overdose"): "an overdose",
    ("suicide", "intent_or_plan"): "a suicide plan, means unsure",
    ("suicide", "plan_with_accessible_means"): "a suicide plan, means nearby",
    ("suicide", "imminent_means_in_hand"): "means of suicide in hand",
    ("suicide", "attempt_in_progress"): "attempting suicide now",
    ("suicide", "attempt_or_ingestion_occurred"): "attempted suicide already",
    ("location_type", "height_or_water"): "high up or at water",
    ("threat_to_others", "command_hallucinations_no_act"): "voices say to hurt somebody",
    ("threat_to_others", "specific_threat"): "threatens somebody by name",
    ("intoxication", "severe"): "badly drunk or high",
    ("intoxication", "mild"): "drunk or high, still walks",
    ("weapon_access", "in_hand_or_on_person"): "weapon in hand or on them",
    ("weapon_access", "within_reach"): "weapon in reach",
    ("weapon_access", "in_building_secured"): "weapon locked away",
    ("weapon_intent", "toward_self"): "weapon meant against self",
    ("weapon_intent", "toward_others"): "weapon meant against others",
    ("severely_confused", True): "badly confused",
    ("cannot_care_for_self", True): "cannot care for self",
    ("sexual_offence_intent", True): "sexual offense meant",
    ("caller_requests_police", True): "caller asks for an officer",
    ("caller_accepts_phone_support", True): "phone is enough for the caller",
}
# Their answers say by themselves what they are about, unless they deny it.
_ALONE = frozenset(
    {
        "medical",
        "weapon",
        "violence_now",
        "nature",
        "age_group",
        "crime",
        "location_type",
        "in_traffic",
        "hearing_voices",
        "severely_confused",
        "cannot_care_for_self",
        "known_to_crmhc",
        "history_violence",
        "needs_transport",
        "scene_info_sufficient",
        "police_cleared_scene",
        "officer_on_scene_requests",
    }
)
_DENIED = frozenset({False, "unknown"})


def answer_words(pack: Pack, fact: str, value: FactValue) -> str:
    """Return an answer as it is said inside a sentence."""
    if (fact, value) in SPOKEN:
        return SPOKEN[fact, value]
    said = inside(label(pack, fact, value))
    return said if fact in _ALONE and value not in _DENIED else f"{fact_word(fact)}: {said}"
