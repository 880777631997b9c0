"""Near-duplicates among responses: what is suggested to a facilitator, and what had better not be."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop import likeness
from workshop.likeness import Candidate, Pair

Suggest = Callable[..., list[Pair]]

LOCALGOVCAMP = Path(likeness.__file__).parent / "examples" / "localgovcamp-2019.json"

# One idea in two wordings, as two people in a room write it.
SAME = [
    ("More bin", "More bins"),
    ("More bins", "MORE BINS!!"),
    ("More bins", "bins: more of them"),
    ("More bins", "More bins, please"),
    ("Bus lane", "Bus lanes"),
    ("Free parking", "free parking."),
    ("Parking free", "Free parking"),
    ("Publish the recommendations", "publish recommendations"),
    ("Publish the recommendations", "Recommendations published"),
    ("Publish results", "Publish the results"),
    ("Don't publish results", "Do not publish the results"),
    ("Don’t publish results", "Dont publish results"),
    ("Never publish results", "Don't publish results"),
    ("A clearly defined scope", "Clearly-defined scope"),
    ("Clear scope", "A clear scope"),
    ("Star ratings", "Star rating"),
    ("League tables", "League table"),
    ("League tables", "Leauge tables"),
    ("Usability of services", "Service usability"),
    ("Accessibility", "Accesibility"),
    ("Accessible services", "Accessable services"),
    ("Recommendations", "Reccomendations"),
    ("Cycle lanes on the High Street", "Cylce lanes on the High St"),
    ("Better broadband", "Better broadbnad"),
    ("Youth club in the evenings", "Youth clubs in the evening"),
    ("Mental health support in schools", "Mental health suport in school"),
    ("Organised by councils", "Organized by councils"),
    ("A colour for each ward", "A color for each ward"),
    ("Town centre events", "Town center events"),
    ("A training programme for councillors", "Training program for councilors"),
    ("Prioritise users", "Prioritize users"),
    ("Neighbourhood watch", "Neighborhood watch"),
    ("A café in the park", "Cafe in the park"),
    ("Free wifi in the library", "Free Wi-Fi in the library"),
    ("A car park", "A carpark"),
    ("Co-operation between councils", "Cooperation between councils"),
    ("Email updates", "E-mail updates"),
    ("Parks & gardens", "Parks and gardens"),
    ("Web site in Welsh", "Website in Welsh"),
    ("Skilled experts who know local government", "Experts with skills who know local government"),
    ("Being open about what has been achieved", "Openness about what has been achieved"),
    ("What users need", "User needs"),
    ("What users need", "What the users need"),
    ("Users' needs", "User needs"),
    ("Peers help the host with solutions", "Peers should help the host council with solutions"),
    ("Longer opening hours at the library", "Library opening hours should be longer"),
    ("Library: longer opening hours", "Longer opening hours at the library"),
    ("More trees along the main roads", "More trees along main road"),
    ("Safer crossings near schools", "Safe crossings near the schools"),
    ("Crossings near schools should be safer", "Safer crossings near schools"),
    ("No league tables", "Not league tables"),
    ("Without league tables", "No league tables"),
    ("Mwy o finiau", "Mwy o finiau!"),
    ("Parcio am ddim", "Parcio am ddim yn y dref"),
    ("Gwasanaethau yn y Gymraeg", "Gwasanaethau'r Gymraeg"),
    ("Llwybrau beicio", "Llwybr beicio"),
    ("Cyhoeddi'r canlyniadau", "Cyhoeddi canlyniadau"),
    ("Coed ar y stryd fawr", "coed ar y Stryd Fawr"),
    ("Dim tablau cynghrair", "Nid tablau cynghrair"),
    ("Tŷ bach cyhoeddus", "Ty bach cyhoeddus"),
    ("Affordable housing", "affordable houses"),
    ("Affordable homes for local people", "Affordable homes for locals"),
    ("Repair potholes", "Fix potholes"),
    ("Pot holes", "Potholes"),
    ("Street lighting", "Street lights"),
    ("Better street lighting", "Better street-lighting."),
    ("A skate park", "Skatepark"),
    ("Weekly bin collections", "Weekly bin collection"),
    ("Bin collections every week", "Bins collected every week"),
    ("Apprenticeships", "Apprentiships"),
    ("Recognise volunteers", "Recognize our volunteers"),
    ("Theatre in the town hall", "Theater in the townhall"),
    ("One phone number for everything", "1 phone number for everything"),
    ("Plain English letters", "Letters in plain English"),
    ("Listen to residents", "Listening to residents"),
    ("Ask residents before deciding", "Residents asked before deciding"),
    ("Don't use jargon", "No jargon"),
    ("No jargon", "Never use jargon"),
    ("Not an inspection", "No inspections"),
    ("Don't name and shame", "no naming and shaming"),
    ("Playgrounds for toddlers", "Playground for toddlers"),
    ("Community café", "Community cafe"),
    ("A résumé workshop", "Resume workshops"),
    ("Digital skills for staff", "Staff digital skills"),
    ("Digital skills for all staff", "Digital skill for all the staff"),
    ("Share learning with other councils", "Sharing learning with other councils"),
    ("Time to reflect afterwards", "time to reflect afterward"),
    ("Independent chair", "An independent chair"),
    ("Involve frontline staff", "Involve front-line staff"),
    ("Toiledau cyhoeddus", "Toiledau cyhoeddus!"),
    ("Mannau gwyrdd", "Man gwyrdd"),
    ("Gwell bysiau gyda'r nos", "Bysiau gwell gyda'r nos"),
    ("Dim ffioedd", "Heb ffioedd"),
    (
        "Make sure the peer team talks to residents and not just to senior managers",
        "The peer team should talk to residents, not just senior managers",
    ),
    (
        "The final report should be published on the council website within a month",
        "Publish the final report on the council's website within one month",
    ),
    (
        "Give frontline staff the time to take part without losing their lunch break",
        "Give front line staff time to take part without losing lunch breaks",
    ),
    ("Every recommendation needs a named owner and a date", "Each recommendation needs a named owner and date"),
    (
        "Look at how easy it is to contact the council by phone as well as online",
        "How easy it is to contact the council by phone as well as on line",
    ),
    ("Councils should choose their own peers from a shared list", "Councils choose own peers from shared list"),
]

# Two ideas in almost the same words, made to be mistaken for each other.
DIFFERENT = [
    ("Free parking", "No free parking"),
    ("More buses", "More bus lanes"),
    ("Publish results", "Don't publish results"),
    ("Publish results", "Never publish results"),
    ("Publish the results with names", "Publish the results without names"),
    ("Charge for parking", "Don't charge for parking"),
    ("Scoring", "No scoring"),
    ("League tables", "Not league tables"),
    ("Share data between councils", "Do not share data between councils"),
    ("Councils can opt in", "Councils cannot opt in"),
    ("It should be inspected", "It shouldn't be inspected"),
    ("Parcio am ddim", "Dim parcio am ddim yn y dref"),
    ("Tablau cynghrair", "Dim tablau cynghrair"),
    ("Cyhoeddi canlyniadau", "Peidio â chyhoeddi canlyniadau"),
    ("Cyhoeddi canlyniadau", "Ddim yn cyhoeddi canlyniadau"),
    ("Archwiliad", "Nid archwiliad"),
    ("More bins", "More buses"),
    ("More bins", "More benches"),
    ("More trees", "More streets"),
    ("More trees", "Fewer trees"),
    ("More parking", "Less parking"),
    ("Free parking", "Free parks"),
    ("Free parking", "Cheaper parking"),
    ("Free parking", "Parking permits"),
    ("Bus lanes", "Cycle lanes"),
    ("Bus stops", "Bus lanes"),
    ("Night buses", "Night bus shelters"),
    ("Buses", "Business"),
    ("Open data", "Open days"),
    ("Open data", "Open meetings"),
    ("Public data", "Public dates"),
    ("Better services for older people", "Better services for young people"),
    ("Better services for older people", "Better services for disabled people"),
    ("Support for young people", "Support for carers"),
    ("Training for councillors", "Training for officers"),
    ("Support for councillors", "Support for councils"),
    ("20 mph zone near schools", "30 mph zone near schools"),
    ("Two hours of free parking", "Ten hours of free parking"),
    ("Phase 1 first", "Phase 2 first"),
    ("Longer opening hours at the library", "Longer opening hours at the pool"),
    ("Open the library on Sunday", "Open the library on Saturday"),
    ("Star ratings", "Star gazing"),
    ("An inspection", "An invitation"),
    ("An inspection", "Inspiration"),
    ("League tables", "Picnic tables"),
    ("Usability of services", "Accessibility of services"),
    ("What users need", "What councils want rather than users need"),
    ("What users need", "What users want"),
    ("What councils need", "What users need"),
    ("Publish the recommendations", "Write the recommendations"),
    ("Inclusive", "Exclusive"),
    ("Inclusive", "Intrusive"),
    ("Specific to each council", "Specific to each service"),
    ("Scoring by automated evaluation", "Scoring by peer evaluation"),
    ("Accessibility scores at the cost of usability", "Usability scores at the cost of accessibility"),
    ("Peers help the host with solutions", "Peers help the host with the agenda"),
    ("Planned by the council", "Planned by the peer team"),
    ("Reduce council tax", "Increase council tax"),
    ("Lower speed limits", "Higher speed limits"),
    ("Close the road to cars", "Open the road to cars"),
    ("Meetings online", "Meetings offline"),
    ("More money for parks and libraries", "Less money for parks and libraries"),
    ("Public toilets in the park", "Public toilets at the station"),
    ("Dogs on leads in the park", "Dogs in the park"),
    ("Mwy o fysiau", "Mwy o finiau"),
    ("Llwybrau beicio", "Llwybrau cerdded"),
    ("Parcio am ddim", "Bysiau am ddim"),
    ("Mwy o goed", "Llai o goed"),
    ("Gwasanaethau yn y Gymraeg", "Gwasanaethau yn Saesneg"),
    ("Affordable housing", "Affordable heating"),
    ("Fix potholes", "Fix pavements"),
    ("Street lighting", "Street parties"),
    ("Street lights", "Traffic lights"),
    ("Weekly bin collections", "Fortnightly bin collections"),
    ("Recycling bins", "Cycling"),
    ("Recycling collections", "Cycling connections"),
    ("Swimming pool", "Swimming lessons"),
    ("Listen to residents", "Listen to staff"),
    ("Digital skills for staff", "Digital skills for residents"),
    ("Ask residents before deciding", "Ask residents after deciding"),
    ("Allow cars in the centre", "Don't allow cars in the centre"),
    ("Cars in the centre", "No cars in the centre"),
    ("We have enough staff", "We haven't enough staff"),
    ("Decisions made with residents", "Decisions made without residents"),
    ("Named officers", "Unnamed officers"),
    ("Paid volunteers", "Unpaid volunteers"),
    ("Benches in the park", "Beeches in the park"),
    ("More frequent meetings", "Less frequent meetings"),
    ("Longer meetings", "Shorter meetings"),
    ("A one day visit", "A two day visit"),
    ("Finish by 5 pm", "Finish by 6 pm"),
    ("Peer team of officers", "Peer team of councillors"),
    ("Leadership", "Membership"),
    ("Costs", "Coasts"),
    ("Cyber security", "Job security"),
    ("Infrastructure and contract management", "Customer contact and channel shift"),
    ("Toiledau cyhoeddus", "Trafnidiaeth gyhoeddus"),
    ("Mwy o fannau gwyrdd", "Mwy o fannau parcio"),
    ("Ffioedd parcio", "Dim ffioedd parcio"),
    ("Adeiladu tai", "Peidiwch ag adeiladu tai"),
    ("Public meetings", "Private meetings"),
    ("Meeting in person", "Meeting in public"),
    (
        "Better training in cyber security for all of the frontline staff",
        "Better training in data protection for all of the frontline staff",
    ),
    (
        "The final report should be published on the council website within a month",
        "The final report should be printed and sent to every household within a month",
    ),
    ("Every recommendation needs a named owner and a date", "Every recommendation needs a named owner and a budget"),
    (
        "Look at how easy it is to contact the council by phone",
        "Look at how easy it is to contact the council by email",
    ),
    (
        "Councils should choose their own peers from a shared list",
        "Councils should choose their own topics from a shared list",
    ),
    (
        "Longer opening hours for the library in the town centre",
        "Longer opening hours for the toilets in the town centre",
    ),
    (
        "Spend two days with the council and then write a short report",
        "Spend two days with the council and then hold a public meeting",
    ),
    ("A safe walking route from the station to the hospital", "A safe cycling route from the station to the hospital"),
    ("A safe walking route from the station to the hospital", "A safe walking route from the station to the college"),
    (
        "Reduce the number of passwords that staff have to remember",
        "Reduce the number of meetings that staff have to attend",
    ),
]

# Three workshops as they come in: a line for each idea, with its wordings. Any two lines are two ideas.
WORKSHOPS = {
    "town": [
        ["More bins", "bins: more of them", "More bins on the high street"],
        ["Free parking on Saturdays", "Saturday parking free", "Free parking on Saturday!"],
        ["No free parking"],
        ["Parking permits for residents", "Residents' parking permits"],
        ["Later buses", "later busses", "Buses that run later"],
        ["Bus shelters with seats", "Seats in bus shelters"],
        ["Cycle lanes", "cycle lane", "Cycling lanes"],
        ["Cycle parking"],
        ["Pedestrianise the market square", "Pedestrianize Market Square"],
        ["A bigger market", "Bigger market"],
        ["A night market"],
        ["Street trees", "Trees on the streets"],
        ["Street parties"],
        ["Clean public toilets", "Cleaner public toilets"],
        ["Lower business rates", "Lower rates for business"],
        ["Lower speed limits"],
        ["Fill the empty shops", "Fill empty shops", "Empty shops filled"],
        ["Outdoor cafés", "outdoor cafes"],
        ["Outdoor cinema"],
    ],
    "digital": [
        ["Plain English on the website", "Website in plain English", "plain english on website"],
        ["One account for all services", "A single account for all services"],
        ["Online booking for the tip", "Book the tip online"],
        ["Track my repair", "Track repairs"],
        ["Report a repair"],
        ["Text messages about bin days", "Text message about bin day"],
        ["A chatbot"],
        ["No chatbots", "Don't use a chatbot"],
        ["Phone lines stay open", "Keep phone lines open", "Keep the phone line open"],
        ["Phone lines open at weekends"],
        ["Accessible forms", "Accesible forms"],
        ["Shorter forms", "Short forms"],
        ["Training for staff", "Staff training", "Train staff"],
        ["Training for older residents", "Train older residents"],
        ["Share data safely", "Sharing data safely"],
        ["Don't share data"],
        ["Wi-Fi in community centres", "wifi in community centers"],
        ["Laptops to borrow", "Borrow laptops", "Borrow a laptop"],
        ["Test with real users", "Test with users"],
    ],
    "cymraeg": [
        ["Mwy o finiau", "Mwy o finiau sbwriel"],
        ["Mwy o fysiau", "mwy o fysus"],
        ["Mwy o feinciau"],
        ["Llai o geir", "Llai o geir!"],
        ["Parcio am ddim", "parcio am ddim"],
        ["Dim parcio am ddim"],
        ["Gwasanaethau Cymraeg ar-lein", "Gwasanaethau Cymraeg arlein"],
        ["Gwasanaethau i bobl ifanc", "gwasanaethau i bobol ifanc"],
        ["Gwasanaethau i bobl hŷn", "Gwasanaethau i bobl hyn"],
        ["Llwybrau cerdded diogel", "Llwybr cerdded diogel"],
        ["Llwybrau beicio diogel"],
        ["Cyhoeddi'r adroddiad", "Cyhoeddi adroddiad"],
        ["Peidio â chyhoeddi'r adroddiad"],
        ["Clwb ieuenctid", "Clybiau ieuenctid"],
        ["Clwb garddio"],
        ["Toiledau glân", "toiledau glan"],
        ["Strydoedd glân"],
        ["Cyfarfodydd dwyieithog", "Cyfarfod dwyieithog"],
    ],
}


def alike(one: str, other: str) -> int:
    """How alike two responses of one column are, or 0 where they are not suggested."""
    pairs = likeness.suggestions([Candidate(1, "yes", one), Candidate(2, "yes", other)])
    return pairs[0].likeness if pairs else 0


def suggested(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if alike(*pair)]


# How often it is right ------------------------------------------------------------------------------------------------


def test_of_the_pairs_made_to_be_hard_most_duplicates_are_suggested_and_few_others() -> None:
    right, wrong = suggested(SAME), suggested(DIFFERENT)
    assert len(right) / (len(right) + len(wrong)) >= 0.89, wrong
    assert len(right) / len(SAME) >= 0.88, set(SAME) - set(right)


def test_among_the_responses_of_workshops_suggestions_are_nearly_all_right_and_find_three_in_four() -> None:
    right = wrong = missing = 0
    for ideas in WORKSHOPS.values():
        texts = [text for wordings in ideas for text in wordings]
        idea = [place for place, wordings in enumerate(ideas) for _ in wordings]
        responses = [Candidate(number, "yes", text) for number, text in enumerate(texts)]
        found = {(pair.one, pair.other) for pair in likeness.suggestions(responses, most=1000)}
        same = {(one, other) for one, other in combinations(range(len(texts)), 2) if idea[one] == idea[other]}
        right += len(found & same)
        wrong += len(found - same)
        missing += len(same - found)
    assert right / (right + wrong) >= 0.95, (right, wrong)
    assert right / (right + missing) >= 0.75, (right, missing)


def test_nothing_is_suggested_among_the_twenty_responses_of_localgovcamp() -> None:
    written = json.loads(LOCALGOVCAMP.read_text())["exercises"][0]["responses"]
    responses = [Candidate(number, each["side"], each["text"]) for number, each in enumerate(written, start=1)]
    assert len(responses) == 20
    assert likeness.suggestions(responses) == []
    assert likeness.across(responses) == []


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("Free parking", "No free parking"),
        ("Publish results", "Don't publish results"),
        ("Publish results", "Don’t publish results"),
        ("Publish results", "Dont publish results"),
        ("Publish the results", "Never publish the results"),
        ("Publish the results with names", "Publish the results without names"),
        ("It should be an inspection of services", "It should not be an inspection of services"),
        ("Councils can opt in", "Councils cannot opt in"),
        ("Tablau cynghrair cenedlaethol", "Dim tablau cynghrair cenedlaethol"),
        ("Archwiliad o wasanaethau", "Nid archwiliad o wasanaethau"),
        ("Dylid cyhoeddi canlyniadau", "Ni ddylid cyhoeddi canlyniadau"),
        ("Mae'r canlyniadau yn gyhoeddus", "Dydy'r canlyniadau ddim yn gyhoeddus"),
        ("Parcio am ddim yn y dref", "Dim parcio am ddim yn y dref"),
        ("Cyhoeddi canlyniadau", "Peidio â chyhoeddi canlyniadau"),
        ("Paid volunteers in every library", "Unpaid volunteers in every library"),
        ("More meetings of the whole review team", "Fewer meetings of the whole review team"),
        ("A 20 mph limit near every school", "A 30mph limit near every school"),
        ("Two hours of free parking on Saturdays", "Three hours of free parking on Saturdays"),
    ],
)
def test_what_one_says_and_the_other_denies_is_never_suggested(said: str, denied: str) -> None:
    assert alike(said, denied) == 0
    # It is the denial that keeps them apart: each is the same idea as itself.
    assert alike(said, said) == alike(denied, denied) == 100


@pytest.mark.parametrize(("one", "other"), [("More buses", "More bus lanes"), ("More bins", "More buses")])
def test_words_shared_are_no_idea_shared(one: str, other: str) -> None:
    assert alike(one, other) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("More bins", "bins: more of them"),
        ("FREE PARKING!", "free parking"),
        ("A café in the park", "cafe in the park"),
        ("cafe\u0301 tables", "café tables"),
        ("Tŷ bach", "Ty bach"),
        ("Free wifi", "Free Wi-Fi"),
        ("A car park", "carpark"),
        ("No chatbots", "Don't use chatbots"),
        ("A 20mph zone", "a 20 mph zone"),
        ("Two visits", "2 visits"),
        ("One visit", "1 visit"),
        ("Paid and unpaid leave", "Unpaid and paid leave"),
        ("To be or not to be", "to be, or not to be?"),
        ("👍", "👍"),
        ("لا رسوم", "لا رسوم"),
    ],
)
def test_case_accents_punctuation_spaces_and_the_commonest_words_make_no_difference(one: str, other: str) -> None:
    assert alike(one, other) == 100


# What is told ---------------------------------------------------------------------------------------------------------


def test_a_pair_names_the_lower_number_first_and_the_likest_pair_comes_first() -> None:
    responses = [
        Candidate(9, "yes", "League tables"),
        Candidate(4, "yes", "league table"),
        Candidate(7, "no", "More bins"),
        Candidate(2, "yes", "More trees"),
        Candidate(1, "no", "bins: more of them"),
    ]
    assert likeness.suggestions(responses) == [Pair(1, 7, 100), Pair(4, 9, 96)]


def test_the_columns_are_kept_apart_and_looked_at_across_on_request() -> None:
    responses = [
        Candidate(1, "yes", "Publish results"),
        Candidate(2, "no", "Publish the results"),
        Candidate(3, "no", "Don't publish results"),
        Candidate(4, "no", "publish results."),
    ]
    assert likeness.suggestions(responses) == [Pair(2, 4, 100)]
    assert likeness.across(responses) == [Pair(1, 2, 100), Pair(1, 4, 100)]


@pytest.mark.parametrize("suggest", [likeness.suggestions, likeness.across])
def test_no_more_are_told_than_were_asked_for(suggest: Suggest) -> None:
    responses = [Candidate(number, ("yes", "no")[number % 2], "More bins") for number in range(10)]
    assert len(suggest(responses)) == 12
    assert suggest(responses, 3) == suggest(responses)[:3]
    assert suggest(responses, 0) == []
    assert suggest([]) == suggest(responses[:1]) == []


RESPONSES = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 500),
        st.sampled_from(["yes", "no"]),
        st.sampled_from([text for text, _ in SAME]) | st.text(max_size=20),
    ),
    unique_by=lambda response: response.number,
    max_size=12,
)


@given(RESPONSES, st.randoms())
def test_whatever_was_written_the_pairs_are_in_order_and_do_not_depend_on_who_came_first(
    responses: list[Candidate], chance: random.Random
) -> None:
    side = {response.number: response.side for response in responses}
    mixed = list(responses)
    chance.shuffle(mixed)
    for suggest, same_side in ((likeness.suggestions, True), (likeness.across, False)):
        pairs = suggest(responses, 1000)
        assert suggest(mixed, 1000) == pairs
        assert pairs == sorted(pairs, key=lambda pair: (-pair.likeness, pair.one, pair.other))
        for one, other, score in pairs:
            assert one < other
            assert (side[one] == side[other]) is same_side
            assert likeness.ALIKE <= score <= 100
        assert len({(one, other) for one, other, _ in pairs}) == len(pairs)


@given(st.sampled_from(SAME + DIFFERENT))
def test_likeness_is_mutual(pair: tuple[str, str]) -> None:
    assert alike(*pair) == alike(*reversed(pair))


@given(RESPONSES)
def test_a_response_written_twice_is_always_found(responses: list[Candidate]) -> None:
    twice = [*responses, *(Candidate(each.number + 500, each.side, each.text) for each in responses)]
    found = {(one, other) for one, other, score in likeness.suggestions(twice, 1000) if score == 100}
    assert {(each.number, each.number + 500) for each in responses} <= found
