"""Makes the project run on a bare machine: installs it, starts its servers, shows the demo, runs the tests.

Standard library only, because it runs before anything is installed. `python3 -m local` lists the commands.
"""
