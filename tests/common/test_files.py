"""Writing: whole or not at all, and nothing destroyed that is not the file meant."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from interviewer.common import files


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    target, link = tmp_path / "deep" / "page", tmp_path / "link"
    link.symlink_to(Path("deep") / "page")
    for text in ("new", "again"):  # first it leads nowhere
        files.write_text(link, text)
        assert link.is_symlink()
        assert target.read_text("utf-8") == text
    assert [p.name for p in target.parent.iterdir()] == ["page"]


def test_what_the_system_takes_in_parts_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    with (tmp_path / "page").open("wb", buffering=0) as file:
        files.write_all(file.fileno(), b"ten bytes.")
    assert (tmp_path / "page").read_bytes() == b"ten bytes."


def test_a_file_is_held_by_one_alone_until_it_is_closed(tmp_path: Path) -> None:
    with (tmp_path / "page").open("wb") as other:
        with (tmp_path / "page").open("wb") as one:
            files.lock(one.fileno())
            with pytest.raises(BlockingIOError):
                files.lock(other.fileno())
        files.lock(other.fileno(), wait=True)


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o640])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "page"
    files.write_text(path, "old")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(mode)
    files.write_text(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_text("utf-8") == "new"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    files.write_bytes(pipe, b"x" * 200_000)
    reader.join(20)
    assert got == [b"x" * 200_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_one(tmp_path: Path) -> None:
    device = tmp_path / "full"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 7))
        device.open("wb").close()
    except OSError:
        pytest.skip("devices cannot be made here")
    with pytest.raises(OSError, match="No space left"):
        files.write_bytes(device, b"x")
    assert stat.S_ISCHR(device.stat().st_mode)


def test_a_link_to_itself_and_a_folder_are_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (loop, tmp_path):
        with pytest.raises(OSError, match=r"symbolic links|directory"):
            files.write_text(path, "x")
    assert [p.name for p in tmp_path.iterdir()] == ["loop"]


def test_a_dash_is_standard_output(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    print("before")
    files.write_bytes(Path("-"), b"\xff whole\n")
    assert capfdbinary.readouterr().out == b"before\n\xff whole\n"
    assert not Path("-").exists()
