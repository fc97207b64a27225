"""The command, as an editor uses it."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import which
from typing import Any

import click
import pytest
from click.testing import CliRunner

from generator.cli import CALLED, COMMANDS, main
from generator.cli.console import moment, os_words
from generator.configuration import ConfigError, nearest
from tests.folders import citewire_here as citewire
from tests.folders import sample_in
from tests.make import configure

ROOT = Path(__file__).parent.parent


@pytest.fixture
def newsletter(tmp_path: Path) -> Path:
    return sample_in(tmp_path / "newsletter")


def test_check_of_sound_content_is_silent_in_a_pipe(newsletter: Path):
    done = citewire(newsletter, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_build_of_sound_content_is_silent_in_a_pipe(newsletter: Path):
    done = citewire(newsletter, "build")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_writes_nothing_but_its_cache(newsletter: Path):
    def files() -> set[Path]:
        return {p for p in newsletter.rglob("*") if not {"__pycache__", ".cache"} & set(p.parts)}

    before = files()
    citewire(newsletter, "check")
    assert files() == before


def test_check_can_look_at_one_file(newsletter: Path):
    stories = newsletter / "content/stories/2026"
    for name in ("meta-muse-spark", "micron-anthropic"):
        story = stories / f"{name}.yml"
        story.write_text(story.read_text().replace("\nsection: ", "\nsection: no-"))
    done = citewire(newsletter, "check", "content/stories/2026/micron-anthropic.yml")
    assert done.returncode == 1
    assert "micron-anthropic.yml:3:10" in done.stderr
    assert "meta-muse-spark" not in done.stderr


def write_lonely_story(newsletter: Path) -> None:
    """One that no edition shows, and that is like no other."""
    text = (newsletter / "content/stories/2026/micron-anthropic.yml").read_text().replace("\nevent: 2026-06-22", "")
    text = re.sub(r"title: .*", "title: A word about memory", text, count=1)
    name = newsletter / "content/stories/2026/lonely.yml"
    name.write_text(re.sub(r"(?m)(url: \S+)", r"\1?page=2", text))


def test_a_warning_fails_only_when_it_is_asked_to(newsletter: Path):
    write_lonely_story(newsletter)
    assert citewire(newsletter, "check").returncode == 0
    done = citewire(newsletter, "check", "--strict")
    assert done.returncode == 1
    assert "lonely.yml:1:1: warning: no edition shows this story [lonely-story]" in done.stderr
    assert "0 errors, 1 warning" in done.stderr


def test_the_configuration_says_how_grave_a_rule_is(newsletter: Path):
    write_lonely_story(newsletter)
    configure(newsletter, rules={"lonely-story": "error"})
    assert citewire(newsletter, "check").returncode == 1
    assert citewire(newsletter, "build").returncode == 1
    configure(newsletter, rules={"lonely-story": "off", "figure-not-in-passages": "off", "no-passage": "off"})
    assert citewire(newsletter, "check").stderr == ""
    assert citewire(newsletter, "build").stderr == ""
    configure(newsletter, rules={"lonly-story": "error"})
    for command in ("check", "build"):
        done = citewire(newsletter, command)
        assert done.returncode == 2
        assert "lonly-story" in done.stderr


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_outside_a_newsletter_the_command_says_where_to_go(tmp_path: Path, command: str):
    done = citewire(tmp_path, command)
    assert done.returncode == 2
    assert "there is no mkdocs.yml here" in done.stderr


def test_below_the_folder_of_the_newsletter_the_command_finds_it(newsletter: Path):
    write_lonely_story(newsletter)
    inside = newsletter / "content" / "stories"
    done = citewire(inside, "check")
    assert done.stderr.startswith("2026/lonely.yml:1:1: warning: "), "as a terminal there can open it"
    listed = json.loads(citewire(inside, "check", "--format", "json").stdout)
    assert [problem["file"] for problem in listed["problems"]] == ["2026/lonely.yml"]
    assert citewire(inside, "build").returncode == 0
    assert (newsletter / "site" / "index.html").is_file()
    assert citewire(inside, "check", "-f", "mkdocs.yml").returncode == 2, "one that is named is that one"


def test_what_tells_of_sources_and_claims_names_files_from_where_one_is(newsletter: Path):
    write_lonely_story(newsletter)
    inside = newsletter / "content/stories"
    planned = citewire(inside, "evidence", "--dry-run").stdout
    assert "  2026/eu-ai-omnibus-deal.yml [@" in planned
    traced = citewire(inside, "check", "--trace").stdout
    assert {line for line in traced.splitlines() if line.endswith(".yml")} >= {"2026/eu-ai-omnibus-deal.yml"}
    items = json.loads(citewire(inside, "check", "--trace", "--format", "json").stdout)["items"]
    assert "2026/eu-ai-omnibus-deal.yml" in {item["file"] for item in items}


def test_the_host_names_problems_from_where_it_runs(newsletter: Path):
    write_lonely_story(newsletter)
    inside = newsletter / "content/stories"
    command = [sys.executable, "-m", "mkdocs", "build", "-f", "../../mkdocs.yml"]
    done = subprocess.run(command, cwd=inside, capture_output=True, text=True, check=True)
    assert "2026/lonely.yml:1:1: warning: " in done.stderr
    assert "content/stories/" not in done.stderr


def test_problems_are_named_where_they_are_though_the_configuration_is_behind_a_link(newsletter: Path, tmp_path: Path):
    write_lonely_story(newsletter)
    aside = tmp_path / "aside"
    aside.mkdir()
    (aside / "mkdocs.yml").symlink_to(newsletter / "mkdocs.yml")
    for arguments in (["-f", "mkdocs.yml"], ["-f", str(aside / "mkdocs.yml")], []):
        file = citewire(aside, "check", *arguments).stderr.split(":", 1)[0]
        assert (aside / file).resolve() == newsletter / "content/stories/2026/lonely.yml"


def test_from_a_folder_that_is_gone_a_command_says_that_there_is_no_newsletter(tmp_path: Path):
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(
        ["sh", "-c", f"rmdir {gone}; {sys.executable} -m generator check"],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs files that have owners")
def test_the_newsletter_of_somebody_else_is_not_taken_for_lying_above(
    newsletter: Path, monkeypatch: pytest.MonkeyPatch
):
    assert nearest(newsletter / "content" / "stories") == Path("../../mkdocs.yml")
    monkeypatch.setattr(os, "geteuid", lambda: (newsletter / "mkdocs.yml").stat().st_uid + 1)
    with pytest.raises(
        ConfigError, match=r"belongs to somebody else: if you trust it, name it with -f \.\./\.\./mkdocs"
    ):
        nearest(newsletter / "content" / "stories")
    assert nearest(newsletter) == Path("mkdocs.yml"), "whoever runs it there has chosen it"


def test_a_key_that_stands_twice_in_the_configuration_is_told_with_its_place(newsletter: Path):
    config = newsletter / "mkdocs.yml"
    lines = len(config.read_text().splitlines())
    with config.open("a") as more:
        more.write("site_name: B\nextra: {a: &x {b: 1}, c: {<<: *x, <<: *x}, b: *x, c: 3}\n")
    places = (f"mkdocs.yml:{lines + 1}:1: `site_name` stands twice", f"mkdocs.yml:{lines + 2}:51: `c` stands twice")
    for command in ("check", "build"):
        done = citewire(newsletter, command)
        assert (done.returncode, done.stderr.count("stands twice")) == (2, 2)
        assert all(place in done.stderr for place in places)


@pytest.mark.parametrize("arguments", [["chekc"], ["check", "--no-such"], ["check", "content/nothing.yml"]])
def test_wrong_use_is_exit_code_2(newsletter: Path, arguments: list[str]):
    assert citewire(newsletter, *arguments).returncode == 2


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:99999", "127.0.0.1:", "news.example:8000", "127.0.0.1:-1"])
def test_what_is_no_place_to_listen_is_wrong_use(newsletter: Path, address: str):
    done = citewire(newsletter, "serve", "-a", address)
    assert done.returncode == 2
    assert f"`{address}` is no place to listen: write it as 127.0.0.1:8000" in done.stderr


def test_a_port_that_cannot_be_is_named_wherever_it_is_written(newsletter: Path):
    with (newsletter / "mkdocs.yml").open("a") as config:
        config.write("\ndev_addr: 127.0.0.1:99999\n")
    done = citewire(newsletter, "serve")
    assert done.returncode == 2
    assert done.stderr.endswith("citewire: 127.0.0.1:99999 is no place to listen: ports go from 0 to 65535\n")


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_configuration_that_the_host_refuses_is_wrong_use_of_any_command(newsletter: Path, command: str):
    file = newsletter / "mkdocs.yml"
    file.write_text(file.read_text().replace("material", "nosuch"))
    done = citewire(newsletter, command)
    assert done.returncode == 2
    assert "Unrecognised theme name: 'nosuch'" in done.stderr


@pytest.mark.parametrize("value", ["abc", "", "-1", "1.5", "9" * 12])
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_time_that_cannot_be_pinned_is_told_in_words(newsletter: Path, command: str, value: str):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", value)
        done = citewire(newsletter, command)
    assert done.returncode == 2
    assert done.stderr == (
        f"citewire: SOURCE_DATE_EPOCH is `{value}`: write whole seconds since 1970, as 1775904000, or unset it\n"
    )


@pytest.mark.parametrize("text", ["2026-04-10", "2026-04-10T00:00"])
def test_a_time_without_a_zone_is_met_with_one_that_can_be(text: str):
    with pytest.raises(click.BadParameter, match="names no time zone") as raised:
        moment(text)
    for written in re.findall(r"as (2026\S+?)[,.]? ", raised.value.message):
        assert moment(written).date() == date(2026, 4, 10)
    assert "2026-04-10T00:00:00-04:00" in raised.value.message


@pytest.mark.parametrize("command", [["cite"], ["new", "story"], ["new", "edition"], ["init"], ["draft"]])
def test_what_writes_says_what_its_time_is_for(command: list[str]):
    told = " ".join(CliRunner().invoke(main, [*command, "--help"]).output.split())
    assert "Take this for the present" in told
    assert "Look at the site at this time" not in told


@pytest.mark.parametrize("form", ["github", "json", "sarif"])
def test_a_log_shows_each_problem_once(newsletter: Path, form: str):
    write_lonely_story(newsletter)
    done = citewire(newsletter, "check", "--format", form)
    assert done.stderr == ""
    assert done.stdout.count("lonely") >= 1


def test_a_rule_of_reading_is_one_that_cannot_be_set(newsletter: Path):
    config = newsletter / "mkdocs.yml"
    config.write_text(
        re.sub(r"(?m)^  - citewire.*(?:\n {4,}.*)*", "  - citewire: {rules: {yaml-syntax: off}}", config.read_text())
    )
    done = citewire(newsletter, "check")
    assert done.returncode == 2
    assert (
        "mkdocs.yml: `rules.yaml-syntax` cannot be set: no rule has that name, or it is one of those of" in done.stderr
    )


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"rules": {"unused-sorce": "error"}}, "which always hold; did you mean unused-source?"),
        ({"mails": {}}, "mkdocs.yml: `mails` is not an option of the plugin citewire; did you mean `mail`?"),
        ({"xyz": {}}, "`xyz` is not an option of the plugin citewire; there are content, outputs, rules, announce,"),
    ],
)
def test_a_slip_in_the_settings_is_told_with_what_there_is(newsletter: Path, setting: dict[str, Any], said: str):
    configure(newsletter, **setting)
    done = citewire(newsletter, "check")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_slips_in_several_settings_are_told_at_once(newsletter: Path):
    configure(
        newsletter,
        mial={},
        rules={"unused-sorce": "error"},
        outputs={"apis": False},
        draft={"adress": "x", "model": "y"},
    )
    done = citewire(newsletter, "check")
    assert done.returncode == 2
    for name in ("`mial`", "`rules.unused-sorce`", "`outputs.apis`", "`draft.adress`"):
        assert f"mkdocs.yml: {name} " in done.stderr


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("site_url:", "site_ulr:", "need; did you mean that by `site_ulr`?"),
        ("plugins:", "plugin:", "under `plugins:`; did you mean that by `plugin`?"),
        ("  - citewire", "  - citwire", "under `plugins:`; did you mean that by `citwire`?"),
    ],
)
def test_a_misspelt_setting_of_the_site_is_named(newsletter: Path, right: str, wrong: str, said: str):
    config = newsletter / "mkdocs.yml"
    config.write_text(config.read_text().replace(right, wrong))
    done = citewire(newsletter, "check")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_setting_of_the_host_is_no_slip_of_another(newsletter: Path):
    config = newsletter / "mkdocs.yml"
    config.write_text(re.sub(r"(?m)^site_url:.*\n", "", config.read_text()) + "site_dir: site\n")
    done = citewire(newsletter, "check")
    assert (done.returncode, "did you mean" in done.stderr) == (2, False), done.stderr


def test_a_plugin_with_a_number_for_a_name_is_no_crash(newsletter: Path):
    config = newsletter / "mkdocs.yml"
    config.write_text(config.read_text().partition("plugins:")[0] + "plugins: [search, {3: 4}]\n")
    done = citewire(newsletter, "check")
    assert (done.returncode, "add `- citewire` under `plugins:`" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("command", ["check", "build", "publish 2026-04-09", "new edition"])
def test_the_folder_of_another_site_is_told_to_be_no_newsletter(tmp_path: Path, command: str):
    """Not that an address is missing, which it would not need."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Docs of something\n")
    done = citewire(tmp_path, *command.split())
    assert done.returncode == 2
    assert done.stderr == "citewire: mkdocs.yml does not name the plugin: add `- citewire` under `plugins:`\n"
    (tmp_path / "mkdocs.yml").write_text("site_name: News\nplugins: [citewire]\n")
    assert "need; write it as site_url: https://news.example/" in citewire(tmp_path, *command.split()).stderr


def test_a_plugin_that_is_not_named_is_said(newsletter: Path):
    config = newsletter / "mkdocs.yml"
    config.write_text(config.read_text().partition("plugins:")[0] + "plugins: []\n")
    done = citewire(newsletter, "build")
    assert done.returncode == 2
    assert "add `- citewire` under `plugins:`" in done.stderr


def test_a_site_that_cannot_be_written_is_exit_code_3(newsletter: Path):
    (newsletter / "site").write_text("a file in the way")
    done = citewire(newsletter, "build")
    assert done.returncode == 3
    assert "site" in done.stderr
    assert "Traceback" not in done.stderr
    assert (newsletter / "site").read_text() == "a file in the way"


@pytest.mark.parametrize("arguments", [[], *([name] for name in COMMANDS)])
def test_every_help_tells_the_exit_codes(arguments: list[str]):
    done = CliRunner().invoke(main, [*arguments, "--help"])
    assert done.exit_code == 0
    for line in ("0  sound", "1  problems in the content", "2  wrong use", "3  something could not be"):
        assert line in done.stdout


def test_mkdocs_gh_deploy_publishes_the_whole_site(newsletter: Path, tmp_path: Path):
    def git(*arguments: str) -> str:
        identity = ["-c", "user.name=E", "-c", "user.email=e@example.org"]
        return subprocess.run(
            ["git", *identity, *arguments], cwd=newsletter, capture_output=True, text=True, check=True
        ).stdout

    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "remote.git"], check=True)
    git("init", "-q")
    for key, value in (("user.name", "E"), ("user.email", "e@example.org")):
        git("config", key, value)
    git("remote", "add", "origin", str(tmp_path / "remote.git"))
    git("commit", "-q", "--allow-empty", "-m", "start")
    command = [sys.executable, "-m", "mkdocs", "gh-deploy", "-q", "--no-history"]
    done = subprocess.run(command, cwd=newsletter, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    published = git("--git-dir", str(tmp_path / "remote.git"), "ls-tree", "-r", "--name-only", "gh-pages")
    assert "index.html" in published.splitlines()
    assert "feeds/editions.rss.xml" in published.splitlines()


def test_a_markdown_page_at_an_address_of_the_site_is_named_with_its_place(newsletter: Path):
    pages = newsletter / "content/pages"
    (pages / "index.md").write_text("# Home")
    (pages / "stories").mkdir()
    (pages / "stories/x.md").write_text("# X")
    story = newsletter / "content/stories/2026/meta-muse-spark.yml"
    story.write_text(story.read_text() + "aliases: [about]\n")
    for command in ("check", "build"):
        done = citewire(newsletter, command)
        assert done.returncode == 1
        assert "pages/index.md:1:1: error: the front page is made from the newest edition [taken-page]" in done.stderr
        assert "pages/stories/x.md:1:1: error: `stories/` belongs to the site itself [taken-page]" in done.stderr
        assert "the address `about/` belongs to content/pages/about.md [taken-alias]" in done.stderr


def test_a_slip_in_a_template_of_the_newsletters_own_is_named_with_its_place(newsletter: Path):
    own = newsletter / "overrides/citewire"
    own.mkdir()
    for text, what in (("<p>\n{% if %}", "story.html:2"), ("<p>\n{{ no.thing }}", "story.html:2")):
        (own / "story.html").write_text(text)
        done = citewire(newsletter, "build")
        assert done.returncode == 2
        assert what in done.stderr
        assert "Traceback" not in done.stderr
        assert not (newsletter / "site").exists()


def test_a_slip_in_a_command_is_met_with_the_one_that_was_meant(tmp_path: Path):
    done = citewire(tmp_path, "publsh")
    assert done.returncode == 2
    assert "No such command 'publsh'. Did you mean 'publish'?" in done.stderr
    assert "Did you mean" not in citewire(tmp_path, "xyzzy").stderr


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("help", "--help"),
        ("Preview", "serve"),
        ("lint", "check"),
        ("remove", "withdraw"),
        ("send", "mail"),
        ("story", "new"),
    ],
)
def test_a_command_of_another_program_is_answered_with_the_one_here(tmp_path: Path, word: str, meant: str):
    done = citewire(tmp_path, word)
    assert (done.returncode, f"No such command '{word}'. Did you mean '{meant}'?" in done.stderr) == (2, True)


def test_what_is_meant_by_the_command_of_another_program_is_there():
    assert {meant for meant in CALLED.values() if meant[0] != "-"} <= {*COMMANDS}
    assert not {*CALLED} & {*COMMANDS}


def test_the_list_of_commands_says_what_each_says_of_itself():
    for name, line in COMMANDS.items():
        command = main.get_command(click.Context(main), name)
        assert command.help.split("\n\n")[0].replace("\n", " ") == line


def commands(group: click.Group, *names: str) -> Iterator[tuple[str, ...]]:
    """Every command with its subcommands, as one types them."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        yield (*names, name)
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)


@pytest.mark.parametrize("words", list(commands(main)), ids=" ".join)
def test_the_help_of_each_command_shows_an_example(words: tuple[str, ...]):
    shown = CliRunner().invoke(main, [*words, "--help"]).output
    example = shown.partition("Example")[2]
    assert f"citewire {' '.join(words)}" in example


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete_the_command(shell: str):
    done = CliRunner().invoke(main, ["--completion", shell], prog_name="citewire")
    assert done.exit_code == 0
    if which(shell):
        checked = subprocess.run([shell, "-n"], input=done.output, capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")


def test_commands_and_options_are_completed():
    """As bash asks: the words so far, and which of them is being typed."""
    for typed, offered in (("citewire che", "check"), ("citewire check --tr", "--trace")):
        asked = {"_CITEWIRE_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
        done = CliRunner(env=asked).invoke(main, prog_name="citewire", complete_var="_CITEWIRE_COMPLETE")
        assert f"plain,{offered}" in done.output.splitlines()


def completed(typed: str) -> list[str]:
    asked = {"_CITEWIRE_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = CliRunner(env=asked).invoke(main, prog_name="citewire", complete_var="_CITEWIRE_COMPLETE")
    assert (done.exception, done.stderr) == (None, "")
    return done.output.split()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("citewire publish 2026-06", "plain,2026-06-22"),
        ("citewire publish 2026-06-22 --updated meta-m", "plain,meta-muse-spark"),
        ("citewire mail 2026-06", "plain,2026-06-22"),
        ("citewire cite https://x.example/ --to meta-m", "plain,meta-muse-spark"),
        ("citewire rename meta-m", "plain,meta-muse-spark"),
        ("citewire withdraw 2026-06", "plain,2026-06-22"),
        ("citewire sign meta-muse-spark 2026-06", "plain,2026-06-22"),
        ("citewire export meta-m", "plain,meta-muse-spark"),
        ("citewire export sources.b", "file,sources.b"),
        ("citewire new story Chips --section pol", "plain,policy"),
        ("citewire entities --merge muse", "plain,muse-spark"),
    ],
)
def test_names_of_the_newsletter_are_completed(
    newsletter: Path, monkeypatch: pytest.MonkeyPatch, typed: str, offered: str
):
    monkeypatch.chdir(newsletter)
    assert completed(typed) == [offered]


def test_where_no_newsletter_is_nothing_is_completed_and_nothing_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert [completed(f"citewire {words}") for words in ("publish 2", "cite x --to m", "entities --merge m")] == [
        []
    ] * 3


def test_check_reads_the_configuration_as_the_host_does(newsletter: Path):
    """`INHERIT`, environment variables and tags that only the host knows do not stand in the way."""
    (newsletter / "base.yml").write_text((newsletter / "mkdocs.yml").read_text())
    (newsletter / "mkdocs.yml").write_text(
        "INHERIT: base.yml\nsite_url: !ENV [NO_SUCH_ADDRESS, 'https://here.example/']\n"
        "markdown_extensions:\n  - toc:\n      slugify: !!python/name:pymdownx.slugs.uslugify\n"
    )
    done = citewire(newsletter, "check")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_missing_parent_of_the_configuration_is_named(newsletter: Path):
    (newsletter / "mkdocs.yml").write_text("INHERIT: none.yml\n")
    done = citewire(newsletter, "check")
    assert (done.returncode, done.stderr) == (
        2,
        "citewire: mkdocs.yml inherits from none.yml, and there is no such file\n",
    )


@pytest.mark.parametrize(("raised", "code"), [(SystemExit(143), 143), (KeyboardInterrupt(), 130)], ids=repr)
def test_an_interrupt_while_a_command_is_loaded_ends_it_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int
):
    class Part:
        def __set_name__(self, owner: type, name: str) -> None:
            raise raised

    monkeypatch.setattr("generator.cli.import_module", lambda name: type("Module", (), {"part": Part()}))
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == code


NO_MEMORY = "there is not enough memory; what was begun is not done"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), NO_MEMORY),
        (OSError(errno.ENOMEM, "Cannot allocate memory", "generator/host"), NO_MEMORY),  # while it looks for a module
        (SystemError("error return without exception set"), NO_MEMORY),
        (SystemError("<function check at 0x7fc2> returned NULL without setting an exception"), NO_MEMORY),
        (
            ImportError("x.so: failed to map segment from ..."),
            "a part of the program cannot be loaded, perhaps for want of memory: x.so: failed to map segment from ...",
        ),
    ],
)
def test_a_command_that_finds_no_memory_says_so_and_blames_no_content(monkeypatch, error: Exception, said: str):
    def starved() -> None:
        raise error

    module = type("Module", (), {"check": click.Command("check", callback=starved)})
    monkeypatch.setattr("generator.cli.import_module", lambda name: module)
    done = CliRunner().invoke(main, ["check"])
    assert (done.exit_code, done.stderr) == (3, f"citewire: {said}\n")


def test_a_program_that_finds_no_memory_to_begin_with_says_so():
    """Both the command and `python -m generator` begin here, before anything is there that could tell an error."""
    code = (
        "import runpy, sys\nclass Starved:\n    def find_spec(self, name, *_):\n"
        "        if name == 'generator.cli': raise MemoryError\nsys.meta_path.insert(0, Starved())\n"
        "runpy.run_module('generator', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"citewire: {NO_MEMORY}\n")


def test_of_a_copy_that_finds_no_room_the_file_that_was_written_is_named():
    """As in a full temporary folder, where the file that was read is one of ours."""
    assert os_words(OSError(errno.ENOSPC, "No space left on device", "ours.css", None, "/tmp/x.css")).startswith(
        "/tmp/x"
    )
    assert os_words(OSError(errno.EACCES, "Permission denied", "ours.css", None, "/tmp/x.css")).startswith("ours.css")
