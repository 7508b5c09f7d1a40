"""Keep trained models in the store; the one trained last is in force."""

import hashlib
from dataclasses import dataclass
from datetime import date

from whatworks.linkage.model.linkage_model import LinkageModel
from whatworks.records.engine import Engine, Store


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A trained model, and the hash of its numbers by which links and locks name it."""

    model_id: str
    model: LinkageModel


def model_in_force(connection: Engine) -> StoredModel | None:
    """Return the model trained last; None where none was."""
    rows = connection.rows("SELECT model_id, model FROM link_model ORDER BY number DESC LIMIT 1")
    return StoredModel(str(rows[0][0]), LinkageModel.from_json(str(rows[0][1]))) if rows else None


def keep_model(connection: Store, model: LinkageModel, trained_on: date) -> StoredModel:
    """Put a model in force. One that is in force already is not kept twice; one that cannot be read is replaced."""
    text = model.to_json()
    model_id = hashlib.sha256(text.encode()).hexdigest()[:16]
    standing = connection.rows("SELECT model FROM link_model ORDER BY number DESC LIMIT 1")
    if standing != [(text,)]:
        connection.change(
            "INSERT INTO link_model (number, model_id, trained_on, model) "
            "SELECT COALESCE(MAX(number), 0) + 1, ?, ?, ? FROM link_model",
            [model_id, trained_on, text],
        )
    return StoredModel(model_id, model)
