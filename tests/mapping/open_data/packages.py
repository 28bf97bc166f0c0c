"""Write a data package to a folder, and ask frictionless about it."""

import frictionless


def written(files, folder):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return folder


def faults(descriptor):
    report = frictionless.validate(str(descriptor))
    return [(task.name, error.message) for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]
