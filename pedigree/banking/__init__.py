"""What a genome bank is worth: the gene diversity it keeps, and whose genes to bank next."""

from pedigree.banking.diversity import BankDiversity, gene_diversity_with_bank, kept_by_bank
from pedigree.banking.order import BankChoice, bank_next

__all__ = [
    "BankChoice",
    "BankDiversity",
    "bank_next",
    "gene_diversity_with_bank",
    "kept_by_bank",
]
