"""Ask axe what stands in the way of people, in light and dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

BACKGROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 25, 29)"}
STILL = """() => document.getAnimations().every(
    one => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity)"""
STREAMLITS_OWN = (("region", 'role="listbox"'),)
"""A rule and a part of the element: faults in what only Streamlit draws, named in the statement on Om."""


def faults(page, themes=("light", "dark")):
    """Give everything that axe finds and that we cause, in each theme, without loading the page anew."""
    found = []
    for theme in themes:
        show(page, theme)
        found += [
            (theme, violation["id"], violation["impact"], node["target"], node["html"][:300])
            for violation in Axe().run(page).response["violations"]
            for node in violation["nodes"]
            if not any(violation["id"] == rule and part in node["html"] for rule, part in STREAMLITS_OWN)
        ]
    return found


def show(page, theme):
    """Let the person's system turn light or dark, and wait until the page has followed."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(
        "colour => getComputedStyle(document.querySelector('.stApp')).backgroundColor === colour",
        arg=BACKGROUND[theme],
    )
    for drawn in page.locator(".sk-root").all():
        drawn.and_(page.locator(".sk-dark" if theme == "dark" else ":not(.sk-dark)")).wait_for()
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function(STILL)  # buttons fade from one theme's colour to the other's


def open_everything(visitor):
    page = visitor.page
    page.evaluate("document.querySelectorAll('.stHtml details').forEach(one => { one.open = true })")
    for closed in page.locator("[data-testid=stExpander] details:not([open]) > summary").all()[::-1]:
        closed.click()
        visitor.settle()
    for switch in page.get_by_role("switch", name="Visa", disabled=False).all():
        if not switch.is_checked():
            switch.click(force=True)  # `check` looks at once, and a slow machine has not drawn it yet
        expect(switch).to_be_checked()
        visitor.settle()
    page.wait_for_timeout(200)  # a run that has not begun yet
    visitor.settle()
