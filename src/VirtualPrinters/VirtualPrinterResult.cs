namespace Dwapi.VirtualPrinters;

/// <summary>What the verb virtual-printer says when it listens: the first printer's address, and all of them.</summary>
internal sealed record VirtualPrinterResult(Uri Address, Uri[] Addresses, string Folder);
