"""What the hub remembers: its secret, who has which token."""

from test_hub import configured


def test_what_the_hub_remembers_is_closed_to_everyone_else(tmp_path, monkeypatch):
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    settings = configured(state, monkeypatch, user=1000)
    assert state.stat().st_mode & 0o777 == 0o700
    for place in (
        settings.JupyterHub.db_url.removeprefix("sqlite:///"),
        settings.JupyterHub.cookie_secret_file,
        settings.ConfigurableHTTPProxy.pid_file,
    ):
        assert place.startswith(f"{state}/")
