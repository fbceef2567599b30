from studbook.transfers.models.paper import Document, Permit
from studbook.transfers.models.step import TransferStep
from studbook.transfers.models.transfer import Transfer, TransferAnimal

__all__ = ["Document", "Permit", "Transfer", "TransferAnimal", "TransferStep"]
