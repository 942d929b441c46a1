"""What `kosorong doctor` says of the machine."""

from pathlib import Path

import pytest
from running import run_command

from kosorong.cli.doctor import how_int8_runs, vector_units


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("flags\t\t: fpu sse4_2 avx2 avx512f avx512_vnni", "VNNI, about"),
        ("flags\t\t: fpu avx2 avx_vnni", "VNNI, about"),
        ("flags\t\t: fpu avx2 fma", "AVX2 without VNNI"),
        ("Features\t: fp asimd asimddp", "ARM"),
        ("flags\t\t: fpu sse2", "on what the processor has"),
        ("", "on what the processor has"),
    ],
)
def test_the_arithmetic_of_int8_follows_from_the_processor(flags: str, said: str) -> None:
    assert said in how_int8_runs(vector_units(f"processor\t: 0\n{flags}\n"))


def test_a_name_within_another_is_no_unit() -> None:
    assert vector_units("flags : avx2x xavx512f") == ()


def test_doctor_says_which_applies_here(bundles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("doctor") == 0
    assert "int8 speech: " in capsys.readouterr().out
