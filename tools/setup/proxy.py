"""Install JupyterHub's proxy, which is a Node program: `python -m tools proxy`."""

from tools.setup import node

if __name__ == "__main__":
    node.PROXY.install()
