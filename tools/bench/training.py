"""Time the training of section 2.5.2 against Keras and against its bare matrix products.

    python -m tools bench training

What runs is the code of the page: one epoch each in turn, five rounds, from the same weights and
over the same batches. Quote the ratios; the seconds are this machine's, today.
"""

import contextlib
import io
import statistics

from tools.notebooks.cells import functions

PAGE = "05-recap/02-numpy-from-scratch"
CELLS = (
    "imports", "data", "start", "forward", "loss", "untrained", "backward", "rmsprop", "epoch",
    "keras-network", "clocks", "views", "fast-backward", "fast-rmsprop", "fast-epoch", "fresh",
    "products",
)  # fmt: skip


def main() -> None:
    """Print medians, ratios round by round, and the accuracies after the last round."""
    with contextlib.redirect_stdout(io.StringIO()):  # what the page prints for its reader
        page = functions(PAGE, *CELLS)
    seconds, steps = page["seconds"], 469
    readable, mean_squares, flat, s = page["fresh"]()
    theirs, rounds = page["keras_network"](page["start"]), []
    for samples in (128, *[60_000] * 5):  # the first warms up
        data = page["x_train"], page["train_labels"], page["rng"].permutation(60_000)[:samples]
        products = (page["forward_products"], page["backward_products"])
        rounds.append({
            "products": sum(seconds(product, times=steps) for product in products),
            "RMSprop": seconds(page["fast_rmsprop"], *page["walk"], times=steps),
            "NumPy, fast": seconds(page["fast_epoch"], flat, s, *data),
            "NumPy, readable": seconds(page["train_epoch"], readable, mean_squares, *data),
            "Keras": page["keras_seconds"](theirs, *data),
        })  # fmt: skip
    del rounds[0]
    print(f"{len(rounds)} epochs each, medians; ratios round by round\n")
    print(f"{'':20}{'seconds (spread)':>20}{'/ products':>12}{'/ Keras':>9}")
    for name in ("products", "RMSprop", "NumPy, fast", "NumPy, readable", "Keras"):
        times = [measured[name] for measured in rounds]
        ratios = [
            statistics.median(measured[name] / measured[other] for measured in rounds)
            for other in ("products", "Keras")
        ]
        spread = f"{statistics.median(times):.2f} ({min(times):.2f}–{max(times):.2f})"
        print(f"{name:20}{spread:>20}{ratios[0]:12.2f}{ratios[1]:9.2f}")
    trained = {
        "NumPy, fast": page["views"](flat),
        "NumPy, readable": readable,
        "Keras": theirs.get_weights(),
    }
    print()
    for name, weights in trained.items():
        print(f"{name:20}{page['accuracy'](weights):.2%} of the test images right")


if __name__ == "__main__":
    main()
