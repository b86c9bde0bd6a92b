"""Take a student out of the class, as root: `.venv/bin/python deploy/jupyterhub/remove.py ann`.

The student leaves the group `gears`, so that the password no longer helps. Then the hub ends the
server and forgets the student, with every token and cookie; then whatever else the student runs on
this machine ends. Account and files stay. Where something went wrong, run it again.
"""

import argparse
import grp
import os
from pathlib import Path
import pwd
import subprocess
import sys

import requests

GROUP = "gears"
FIRST_STUDENT = 1000  # below are the users of the system: root above all


def is_member(user: pwd.struct_passwd) -> bool:
    return grp.getgrnam(GROUP).gr_gid in os.getgrouplist(user.pw_name, user.pw_gid)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("student", help="the name of the Unix user")
    parser.add_argument("--hub", default="http://127.0.0.1:8081", help="where the hub listens")
    options = parser.parse_args()
    name = options.student
    try:
        user = pwd.getpwnam(name)
    except KeyError:
        sys.exit(f"There is no Unix user {name}: nothing was done")
    if user.pw_uid < FIRST_STUDENT:
        sys.exit(f"{name} is a user of the system, no student: nothing was done")

    if is_member(user):
        subprocess.run(["gpasswd", "--delete", name, GROUP], stdout=subprocess.DEVNULL)
    if is_member(user):
        sys.exit(
            f"{name} is still in the group {GROUP}. It is the user's main group, or comes from a "
            "directory service: take the user out there, then run this again"
        )

    state = Path(os.environ.get("GEARS_HUB_STATE", "/var/lib/gears-hub"))
    try:
        token = (state / "remove.token").read_text("utf-8")
        answer = requests.delete(
            f"{options.hub}/hub/api/users/{name}",
            headers={"Authorization": f"token {token}"},
            timeout=120,
        )
        trouble = None if answer.status_code in (204, 404) else answer.text  # 404: was never here
    except (OSError, requests.RequestException) as error:
        trouble = str(error)
    # The kernel ends all of them at once: none can start another one in between.
    subprocess.run(["kill", "-KILL", "--", "-1"], user=user.pw_uid, group=user.pw_gid,
                   extra_groups=[], stderr=subprocess.DEVNULL)  # fmt: skip
    if trouble:
        sys.exit(
            f"{name} has left the group {GROUP}, and no process of {name} runs. The hub did not "
            f"forget {name}: a cookie or token of the last day still lets in. Run this again "
            f"while the hub runs. It said: {trouble}"
        )
    print(f"{name} is out: not in the group {GROUP}, unknown to the hub, no process runs")


if __name__ == "__main__":
    main()
