"""Typer commands whose own words are Czech: help pages and complaints about what was typed.

Typer has no translations for most of its words, so the three places where they come from are
overridden: the usage line, the lists of the help page, and the parsing of arguments, whose errors
become a :class:`~slz_lib.errors.ParameterError`.

Typer carries its own copy of Click as ``typer._click``. It offers the classes of commands, whose
methods are overridden here, in public (``typer.core``), but neither the types of those methods'
arguments nor the kinds of errors that tell a missing argument from an unknown option. So they come
from the private package: ``pyproject.toml`` holds Typer within one minor version, and
``tests/commands/test_czech_commands.py`` says what to do when an update moves them.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import cast

import typer
from typer._click import Command, Context, HelpFormatter, Parameter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup, TyperOption

from slz_lib.errors import ParameterError

_USAGE = "Použití: "
_OPTIONS = "[VOLBY]"
#: What stands before the example in the help of a command.
_EXAMPLE = ", například:"


class _Czech(Command):
    """What a command and a group share."""

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The option ``--help``, explained in Czech."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Ukáže tuto nápovědu a skončí."
        return option

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The line that says how to write the command."""
        formatter.write_usage(ctx.command_path, " ".join(self._pieces()), prefix=_USAGE)

    def _pieces(self) -> list[str]:
        """What follows the command's name in the usage line."""
        arguments = [p for p in self.params if p.param_type_name == "argument"]
        return [_OPTIONS, *(_name(p) if p.required else f"[{_name(p)}]" for p in arguments)]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Arguments and options; what may be left out has brackets in the usage line."""
        lists: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            kind = parameter.param_type_name
            record = parameter.get_help_record(ctx)
            if record is not None:
                # Typer would add the type's name and, to the text, defaults and "required".
                name = _name(parameter) if kind == "argument" else record[0]
                lists[kind].append((name, str(getattr(parameter, "help", None) or "")))
        for kind, title in (("argument", "Argumenty"), ("option", "Volby")):
            if lists[kind]:
                with formatter.section(title):
                    formatter.write_dl(lists[kind])

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """What the command is called with.

        Raises:
            ParameterError: it cannot be understood.
        """
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(ParameterError.exit_code)
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            help_option = f"Nápověda: {ctx.command_path} --help"
            raise ParameterError(f"{_complaint(error)} {help_option}") from error


def _complaint(error: UsageError) -> str:
    """What is wrong with what was typed."""
    match error:
        case NoSuchOption():
            near = sorted(error.possibilities or ())
            hint = f"; nejbližší je {near[0]}" if near else ""
            return f"Volbu {error.option_name} neznám{hint}."
        case BadOptionUsage() if "not take a value" in error.message:
            return f"Volba {error.option_name} nepřijímá hodnotu."
        case BadOptionUsage():
            return f"Volbě {error.option_name} chybí hodnota."
        case MissingParameter(param=Parameter() as parameter):
            return f"Chybí argument {_name(parameter)}."
        case BadParameter(param=Parameter() as parameter):
            return f"Nepřípustná hodnota: volba {_name(parameter)}{_bounds(parameter)}."
    return "Zadáno je víc argumentů, než kolik příkaz přijímá."


def _name(parameter: Parameter) -> str:
    """An argument as help pages call it, an option as it is typed."""
    metavar = getattr(parameter, "metavar", None)
    is_argument = parameter.param_type_name == "argument"
    return str(metavar) if is_argument and metavar else parameter.opts[0]


def _bounds(parameter: Parameter) -> str:
    """What numbers an option takes, if it has bounds."""
    least, most = (getattr(parameter, name, None) for name in ("min", "max"))
    if least is None or most is None:
        return ""
    return f" (čeká se číslo od {least} do {most:_})".replace("_", "\u00a0")


class CzechCommand(_Czech, TyperCommand):
    """A command of Typer in Czech."""


class CzechGroup(_Czech, TyperGroup):
    """A group of commands of Typer in Czech."""

    def _pieces(self) -> list[str]:
        return [*super()._pieces(), "PŘÍKAZ …"]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The group's options, then its commands."""
        super().format_options(ctx, formatter)
        # Examples stand on the command's own page.
        helps = {n: cast("Command", self.get_command(ctx, n)).help for n in self.list_commands(ctx)}
        rows = [
            (name, str(told).partition(_EXAMPLE)[0].rstrip(".")) for name, told in helps.items()
        ]
        with formatter.section("Příkazy"):
            formatter.write_dl([(name, f"{told}.") for name, told in rows])

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """The command that the first word names.

        Raises:
            ParameterError: there is none of that name.
        """
        known = self.list_commands(ctx)
        # A name of two words, such as "plan new", beside a command that is called by the first.
        name = next((n for n in known if " " in n and n.split() == args[:2]), args[0])
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; nejbližší je „{near[0]}“" if near else ""
            raise ParameterError(
                f"Příkaz „{name}“ neznám{hint}. Známé příkazy: {', '.join(known)}."
            )
        return super().resolve_command(ctx, [name, *args[len(name.split()) :]])
