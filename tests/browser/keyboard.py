"""Walk through a page as somebody who has no mouse."""

ACTIVE = (
    "() => { let node = document.activeElement;"
    " while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement; return node }"
)
HAS_FOCUS = (
    "node => { let active = document.activeElement;"
    " while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;"
    " return active === node }"
)


def has_focus(locator):
    return locator.count() == 1 and locator.evaluate(HAS_FOCUS)


def tab_to(page, locator, *, limit=120, key="Tab"):
    """Press Tab until something has the focus; it must be reached, and every stop on the way be in sight."""
    for _ in range(limit):
        page.keyboard.press(key)
        box = page.evaluate_handle(ACTIVE).as_element().bounding_box()
        assert box is not None, "the focus is on something that is not drawn"
        assert box["x"] + box["width"] > 0, "the focus is outside the window"
        if has_focus(locator):
            return
    raise AssertionError(f"{limit} times {key} never came to {locator}")


def shows_focus(page, ring=8):
    """Tell whether the focus can be seen: what has it looks different when it is taken away."""
    node = page.evaluate_handle(ACTIVE).as_element()
    box = node.bounding_box()
    room = page.viewport_size
    clip = {
        "x": max(0, box["x"] - ring),
        "y": max(0, box["y"] - ring),
        "width": min(box["width"] + 2 * ring, room["width"] - max(0, box["x"] - ring)),
        "height": min(box["height"] + 2 * ring, room["height"] - max(0, box["y"] - ring)),
    }
    focused = page.screenshot(clip=clip, caret="hide", animations="disabled")
    node.evaluate("node => node.blur()")
    blurred = page.screenshot(clip=clip, caret="hide", animations="disabled")
    node.evaluate("node => node.focus({ preventScroll: true, focusVisible: true })")
    return focused != blurred
