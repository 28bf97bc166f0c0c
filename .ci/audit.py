"""Ask whether any installed package has a known vulnerability: `uv run --group test python .ci/audit.py`.

Exit code 1 if one has, or if only some packages could be judged. pip-audit says "no known vulnerabilities"
also where no service knew any of the packages; here that is said, and the next service is asked.
"""

import json
import subprocess
import sys

OWN = {"stodkartan"}
SERVICES = ("pypi", "osv")


def report(service: str, wishes: list[str]) -> list[dict] | None:
    """Give what a service says of each package; None if it cannot be asked."""
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    asked = [*command, "--timeout", "10", "--vulnerability-service", service, *wishes]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(said.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None
    packages = [one for one in packages if one["name"] not in OWN]
    return packages if any("skip_reason" not in one for one in packages) else None


def main(wishes: list[str]) -> int:
    """Tell what was found; `wishes` are handed to pip-audit."""
    for service in SERVICES:
        packages = report(service, wishes)
        if packages is None:
            print(f"audit: {service} cannot be asked about vulnerabilities from this machine")
            continue
        unsure = [one["skip_reason"] for one in packages if "skip_reason" in one]
        found = [(one, fault) for one in packages for fault in one.get("vulns", ())]
        for one, fault in found:
            print(f"audit: {one['name']} {one['version']}: {fault['id']}, mended in {fault['fix_versions']}")
        for reason in unsure:
            print(f"audit: {reason}")
        print(
            f"audit: {len(packages) - len(unsure)} packages judged by {service}, {len(found)} vulnerabilities"
        )
        return 1 if found or unsure else 0
    print("audit: NO PACKAGE WAS JUDGED. Run this where a service can be reached before a release.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
