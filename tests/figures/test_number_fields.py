"""What is typed into a field for a number: read as it is meant, or refused with its range."""

from gearsbook import explorables, language
from playwright.sync_api import expect

from figures import FIGURES, every_figure, sentence


@every_figure
def test_a_number_that_cannot_be_is_refused_with_its_range(name, show):
    page = show(FIGURES[name].make())
    said = sentence(page).all_inner_texts()
    alert = page.locator("[role=alert]")
    for field in page.locator("[type=number][max]:enabled:visible").all():
        low, high = (field.get_attribute(end) for end in ("min", "max"))
        kind = "number" if field.get_attribute("step") else "whole number"
        before = field.input_value()
        for typed in ["99999", "-99999", *(["0.5"] if kind == "whole number" else [])]:
            field.fill(typed)
            rule = f"{typed} is refused; write a {kind} from {low} to {high}".replace("-", "−")
            expect(alert).to_contain_text(rule)
            assert sentence(page).all_inner_texts() == said
            field.press("Tab")
            expect(field).to_have_value(before)
            expect(alert).to_contain_text(f"still shows {before.replace('-', '−')}.")
    assert page.watch.problems == []


def test_a_number_is_read_as_it_is_meant_and_written_plainly(show):
    page = show(explorables.MatmulStepper())
    page.locator("[name=terms]").press("End")
    field = page.get_by_label("x[0, 1]")
    for typed, read in [
        ("-0", "0"), ("010", "10"), ("1e-400", "0"), ("−3", "-3"), ("１２", "12"), ("－４", "-4"),
    ]:  # fmt: skip
        field.press("ControlOrMeta+a")
        field.type(typed)
        field.press("Tab")
        expect(field).to_have_value(read)
        expect(sentence(page)).to_contain_text(
            f"({read})".replace("-", "−") if "-" in read else read
        )
        expect(page.locator("[role=alert]")).to_be_empty()


def test_a_refusal_is_in_the_figures_language_and_goes_with_the_next_change(show):
    language.use("zh")
    page = show(explorables.BatchWalker(batch=466), lang="zh")
    page.locator("[name=batch]").fill("1.5")
    alert = page.locator("[role=alert]")
    expect(alert).to_have_text("批量 n：不接受 1.5，请填 0 到 468 的整数。图里仍是 466。")
    page.locator("[name=batch_size]").fill("0")  # as a number may begin
    expect(alert).to_be_empty()
    page.locator("[name=batch_size]").press("Tab")
    expect(alert).to_contain_text("批量大小：不接受 0，请填 1 到 60000 的整数。")
    page.locator("[name=next]").click()
    expect(alert).to_be_empty()
