"""Where processed tables come from: each file by its hash, the key only where there are people."""

from __future__ import annotations

from analysis.cleaning.people.key import KEY_VARIABLE
from analysis.cleaning.provenance import KEY, code_fingerprint, provenance_of, require_one_key


def test_each_raw_file_counts_and_the_key_only_with_people(lampung, tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "key"))
    before = provenance_of(lampung.folder, has_people=False, simulated=False)
    assert KEY not in before.settings
    with (lampung.folder / "kuota.csv").open("a") as table:
        table.write("\n")
    after = provenance_of(lampung.folder, has_people=True, simulated=False)
    assert {name for name in before.files if before.files[name] != after.files[name]} == {"kuota.csv"}
    assert (before.code, before.versions) == (after.code, after.versions)
    assert before.code == code_fingerprint()
    assert after.settings[KEY]
    require_one_key({"a": before, "b": after})
