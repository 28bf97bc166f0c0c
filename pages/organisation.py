"""Stödjande organisation: tell who leads the work, before and after, and what the dialogues said."""

import streamlit as st

from mapping.municipality import dialogue, leadership
from mapping.verdicts.strength import OLDER
from pages.ui import address, data, markup
from pages.ui.map.state_map import state_map
from pages.ui.verdicts import judged, leadership_choices

dataset, today = data.dataset(), data.today()
answers = leadership.histories(dataset.kommunlage)
choices = leadership_choices.choices(answers, today)
before, after = choices.before, choices.after
rows = leadership.leadership(answers, before, after, choices.places)
counts_older = judged.basis() == OLDER

st.title("Stödjande organisation", anchor=False)
if not address.presenting():
    markup.paragraph(
        "I varje kommun ska det finnas en grupp som leder arbetet med föräldraskapsstöd. Här står vad "
        "kommunerna har svarat, och när. Ett svar som är äldre än två år har streckad ram och årtal, det som "
        "planeras har prickad, och ett svar som saknas är inte ett nej.",
        kind="lead",
    )

judged.basis_control()
st.header(f"Läget {after.label if after.code == leadership.TODAY else after.sentence}", anchor=False)
markup.paragraph(leadership.summary(rows, after), kind="count")
if age := leadership.age_of_answers(rows, today):
    markup.paragraph(age, kind="caption")
wide, beside = st.columns([5, 3], gap="medium")
with wide:
    state_map(
        dataset,
        leadership.state_shading(rows, after, today, counts_older=counts_older),
        highlighted=choices.highlighted,
    )
with beside:
    markup.show("leadership/states", states=leadership.by_state(rows, today), counts_older=counts_older)
    markup.show(
        "leadership/county",
        states=leadership.county_states(answers, after),
        after=after,
        today=today,
        counts_older=counts_older,
    )

st.header("Före och efter" if before else "Kommun för kommun", anchor=False)
markup.paragraph(
    "”Oförändrat” står bara där ett senare svar säger samma sak. Öppna en rad för att läsa alla svar."
    if before
    else "Öppna en rad för att läsa svaren ord för ord. Det finns inget tidigare svar att jämföra med."
)
markup.show(
    "leadership/changes", rows=rows, before=before, after=after, today=today, counts_older=counts_older
)
markup.paragraph(leadership.functions(rows))

st.header("Parterna i grupperna", anchor=False)
markup.paragraph(
    "Strategin nämner fem parter som bör ingå. ”Ej angiven” betyder att svaret inte nämner parten, inte att "
    "den saknas."
)
markup.show("leadership/parties", rows=rows, after=after, today=today, counts_older=counts_older)

st.header("Vad som sades i dialogerna", anchor=False)
places = dialogue.side_by_side(dataset.dialog, codes=choices.places, kinds=choices.kinds)
markup.paragraph(dialogue.sentence(places), kind="count")
markup.show(
    "leadership/dialogue",
    places=places,
    headings={
        kind: label for kind, label in dialogue.HEADING.items() if not choices.kinds or kind in choices.kinds
    },
)
