"""What is done to people and their ties: rule, write and audit in one transaction.

Every action takes `actor`, the viewer who does it; None stands for an import or the operator's command, which
work inside an organiser's scope and above the rules. What an ended custody or duty cuts besides (sessions,
queued mail, links) lies above this floor: callers end them through `core.accounts.access_changes`.
"""
