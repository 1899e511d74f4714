"""The chat: a Gradio page that keeps the conversation in the browser's tab and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

import gradio as gr
from fastapi import FastAPI
from markupsafe import Markup

from assistant.answer import Answer
from assistant.follow_ups import FOLLOW_UPS, follow_ups
from assistant.samples import sample_questions
from assistant.web.letter_filter import current, documents
from assistant.web.loading import LoadingAssistant
from assistant.web.restored import AGAIN, UNANSWERED, Kept
from assistant.web.take_along import Turn
from assistant.web.templating import render
from assistant.web.turns import Beside, render_message, render_turn
from ingest.errors import LetterError, VraagbaakError
from ingest.letter import Letter

_log = logging.getLogger(__name__)

_SAMPLES = 4
_HISTORY = 8  # earlier questions that go along with a new one
_SYSTEM_FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
_LOADING = "Vraagbaak laadt nog. Uw vraag wacht en wordt zo beantwoord; u hoeft niets te doen."
_SEARCHING = "Vraagbaak zoekt in de brief …"
_TROUBLE = "Er ging iets mis bij het beantwoorden. Stel uw vraag nog eens, of in andere woorden."

# Elements that a screen reader follows as they change; they are Gradio's own, so dressed here.
_LOG = """element.setAttribute("role", "log");
element.setAttribute("aria-label", "Gesprek");"""
_STATUS = """element.setAttribute("role", "status");"""
_LEFT = "() => [window.vraagbaakLeft()]"  # see session.js
_FOCUS = "() => document.querySelector('#question textarea').focus()"

Label = Callable[[Answer], str]
Updates = tuple[Any, ...]
"""Values for the outputs: question, conversation, asked, hint, samples, restart, what to go on with."""


def mount_chat(
    site: FastAPI, assistant: LoadingAssistant, letters: Sequence[Letter], *, label: Label
) -> FastAPI:
    """Put the chat at the root of ``site`` and return it.

    ``label`` says of an answer that staff checked it, or "".
    """
    gr.mount_gradio_app(
        site,
        build_chat(assistant, letters, label),
        path="/",
        theme=gr.themes.Base(font=_SYSTEM_FONTS, font_mono=["monospace"]),
        footer_links=[],
        run_history=False,  # Gradio would keep every question in the browser's storage
        ssr_mode=False,
        show_error=False,
    )
    return site


def build_chat(assistant: LoadingAssistant, letters: Sequence[Letter], label: Label) -> gr.Blocks:
    """Return the page: introduction, conversation, question box and sample questions.

    The questions asked so far travel with the page (``asked``), so that the server keeps nothing.
    """

    def answer(
        question: str, conversation: str, asked: list[str], chosen: list[str], since: str, until: str
    ) -> Iterator[Updates]:
        try:
            scope = documents(letters, chosen, since, until)
        except LetterError as error:
            yield _hinted(str(error))
            return
        history = tuple(asked[-_HISTORY:])

        def turn(number: int) -> str:
            given = assistant.ask(question, history, scope)
            return render_turn(number, given, Beside(history, tuple(scope), tuple(letters), label(given)))

        loading = assistant.status.state == "laden"
        yield from _answer(question, conversation, asked, turn, loading=loading)

    def go_on(asked: list[str], chosen: list[str], since: str, until: str) -> list[Any]:
        """Return what to ask next; apart from the answer, so that a new question need not wait for it."""
        try:
            scope = documents(letters, chosen, since, until)
            *earlier, last = asked
            given = assistant.ask_again(last, earlier[-_HISTORY:], scope)
            return _more(follow_ups(given, letters, lambda text: assistant.ask_again(text, (), scope)))
        except (ValueError, VraagbaakError):  # nothing was asked, or it was said already what is wrong
            return _more([])

    def restore(left: Any) -> Iterator[Updates]:
        """Yield the page with the conversation that a reload cut off; the box is closed meanwhile."""
        kept = Kept.read(left)
        hint = _paragraph(UNANSWERED) if kept.waiting else ""
        if not kept.turns:
            yield (
                kept.draft or gr.skip(),
                gr.skip(),
                gr.skip(),
                hint or gr.skip(),
                gr.skip(),
                gr.skip(),
                gr.skip(),
            )
            return
        there = (
            [turn.question for turn in kept.turns],
            hint,
            gr.update(visible=False),
            gr.update(visible=True),
        )
        closed = gr.update(interactive=False)
        yield closed, _paragraph(AGAIN, "waiting"), *there, closed
        html = ""
        for number, turn in enumerate(kept.turns, 1):
            html += _turn(number, turn.question, partial(again, turn))
        yield gr.update(value=kept.draft, interactive=True), html, *there, gr.update(interactive=True)

    def again(turn: Turn, number: int) -> str:
        given = assistant.ask_again(turn.question, turn.history, turn.documents)
        beside = Beside(tuple(turn.history), tuple(turn.documents), tuple(letters), label(given))
        return render_turn(number, given, beside)

    def refreshed() -> Updates:
        texts = _sample_texts(letters)
        there = current(letters)
        return (
            render("introduction.html", letters=there),
            gr.update(visible=len(there) > 1),
            gr.update(choices=[(letter.dated_title, letter.slug) for letter in there]),
            *(gr.update(value=text, visible=bool(text)) for text in texts),
        )

    chat: gr.Blocks = gr.Blocks(title="Vraagbaak", analytics_enabled=False, fill_width=True)
    with chat:
        introduction = _html(render("introduction.html", letters=current(letters)), elem_id="introduction")
        conversation = _html("", elem_id="conversation", js_on_load=_LOG)
        with gr.Row(elem_id="more"):
            more_title = _html("", elem_id="more-title")
            more_buttons = [gr.Button("", visible=False, size="sm") for _ in range(FOLLOW_UPS)]
        with gr.Column(elem_id="composer"):
            _html(render("status.html"))
            with gr.Row(elem_id="question-row"):
                question = gr.Textbox(
                    label="Uw vraag",
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", lang="nl"),
                )
                send = gr.Button("Stel vraag", variant="primary", elem_id="send")
                restart = gr.Button("Nieuw gesprek", visible=False, elem_id="restart", size="sm")
            hint = _html("", elem_id="hint", js_on_load=_STATUS)
            with gr.Accordion("Kies brieven of een periode", open=False, elem_id="filter") as letter_filter:
                chosen = gr.CheckboxGroup([], label="Zoek alleen in", elem_id="chosen")
                with gr.Row():
                    since, until = (
                        gr.Textbox("", label=label, placeholder="jaar of datum", max_lines=1)
                        for label in ("Brieven vanaf", "Brieven tot en met")
                    )
        with gr.Column(elem_id="samples") as samples:
            _html("<h2>Vraag bijvoorbeeld</h2>")
            sample_buttons = [gr.Button(text, size="sm") for text in _sample_texts(letters)]
        _html(render("take_along.html"))
        _html(render("history.html"))
        _html(render("foot.html"))
        chat.load(
            refreshed,
            None,
            [introduction, letter_filter, chosen, *sample_buttons],
            show_progress="hidden",
            api_visibility="private",
        )
        asked = gr.JSON([], visible=False)

        outputs = [question, conversation, asked, hint, samples, restart, more_title, *more_buttons]
        chat.load(
            restore,
            [gr.JSON(visible=False)],
            [*outputs[:6], send],
            js=_LEFT,
            show_progress="hidden",
            concurrency_limit=None,
            api_visibility="private",
        )
        asking = [
            gr.on(
                triggers,
                answer,
                [source, conversation, asked, chosen, since, until],
                outputs,
                show_progress="hidden",
                concurrency_limit=None,
                api_visibility="private",
            )
            for source, triggers in [
                (question, [question.submit, send.click]),
                *((button, [button.click]) for button in (*sample_buttons, *more_buttons)),
            ]
        ]
        for event in asking:
            event.then(
                go_on,
                [asked, chosen, since, until],
                [more_title, *more_buttons],
                show_progress="hidden",
                concurrency_limit=None,
                api_visibility="private",
            )
        restart.click(
            lambda: ("", "", [], "", gr.update(visible=True), gr.update(visible=False), *_more([])),
            None,
            outputs,
            cancels=asking,
            show_progress="hidden",
            api_visibility="private",
        ).then(None, js=_FOCUS)
    return chat


def _hinted(message: str) -> Updates:
    """Return the page as it is, with a message under the question."""
    hint = _paragraph(message)
    return gr.skip(), gr.skip(), gr.skip(), hint, gr.skip(), gr.skip(), *[gr.skip()] * (1 + FOLLOW_UPS)


def _more(questions: Sequence[str]) -> list[Any]:
    """Return the buttons with ``questions`` to go on with; those without one are not there."""
    texts = [*questions, *[""] * (FOLLOW_UPS - len(questions))]
    title = "<h2>Verder vragen</h2>" if questions else ""
    return [title, *(gr.update(value=text, visible=bool(text)) for text in texts)]


def _answer(
    question: str,
    conversation: str,
    asked: list[str],
    turn: Callable[[int], str],
    *,
    loading: bool,
) -> Iterator[Updates]:
    """Yield the page with the question waiting, then with its answer."""
    unchanged = gr.skip()
    if not question.strip():
        yield _hinted("Typ eerst uw vraag.")
        return
    number = len(asked) + 1
    waiting = render_message(number, question, _LOADING if loading else _SEARCHING, waiting=True)
    yield (
        "",
        conversation + waiting,
        unchanged,
        "",
        gr.update(visible=False),
        gr.update(visible=True),
        *_more([]),
    )
    html = _turn(number, question, turn)
    same = [unchanged] * (1 + FOLLOW_UPS)
    yield unchanged, conversation + html, [*asked, question], "", unchanged, unchanged, *same


def _turn(number: int, question: str, turn: Callable[[int], str]) -> str:
    """Return ``turn``, or what is wrong in its place."""
    try:
        return turn(number)
    except VraagbaakError as error:
        return render_message(number, question, str(error), waiting=False)
    except Exception:
        _log.exception("answering failed")
        return render_message(number, question, _TROUBLE, waiting=False)


def _paragraph(text: str, kind: str = "") -> str:
    return str(Markup('<p class="{}">{}</p>').format(kind, text))


def _html(value: str, **settings: Any) -> gr.HTML:
    settings.setdefault("js_on_load", None)
    return gr.HTML(value, apply_default_css=False, **settings)


def _sample_texts(letters: Sequence[Letter]) -> list[str]:
    """Return sample questions, one letter after the other in turn; "" for each that is wanting."""
    rounds = zip_longest(*(sample_questions(letter, _SAMPLES) for letter in current(letters)))
    texts = list(dict.fromkeys(text for texts in rounds for text in texts if text))[:_SAMPLES]
    return texts + [""] * (_SAMPLES - len(texts))
