"""Hand the notebooks out to a reader: `make lab` opens this copy, so `git pull` goes on working."""

from gearsbook.handout import hand_out

from tools import notebooks

FOLDER = notebooks.ROOT / "my-notebooks"

if __name__ == "__main__":
    for name in hand_out(FOLDER, notebooks.NOTEBOOKS):
        print(
            f"{FOLDER.name}/{name} stays as you have changed it; the book's is another now: to get "
            "it, give yours another name"
        )
