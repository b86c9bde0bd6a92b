"""The hub where systemd runs: each student's server is a unit of its own, whose limits hold.

gears-hub.service and README.md beside this file say how to use it. Memory and processors are those
of jupyterhub_config.py, but now for all processes of a student together.
"""

from pathlib import Path

load_subconfig(str(Path(__file__).with_name("jupyterhub_config.py")))  # noqa: F821 - JupyterHub's

c = get_config()  # noqa: F821 - JupyterHub gives this file its settings

c.JupyterHub.spawner_class = "systemdspawner.SystemdSpawner"
c.SystemdSpawner.slice = "gears.slice"  # what all students may take together
c.SystemdSpawner.unit_extra_properties = {
    "MemorySwapMax": "0",
    # Each has an own one of these: it counts as the student's memory and ends with the server.
    "TemporaryFileSystem": "/tmp:mode=1777 /var/tmp:mode=1777 /dev/shm:mode=1777",
    # Students' code reaches this machine alone: no campus, no cloud's own service of metadata.
    "IPAddressDeny": "any",
    "IPAddressAllow": "localhost",
}
c.JupyterHub.cleanup_servers = False  # a restart of the hub, or an update, ends nobody's work
