"""The accuracy of extraction and ledger on the development data, one module a measure."""
