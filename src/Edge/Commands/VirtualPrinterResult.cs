namespace Dwapi.Edge.Commands;

/// <summary>What the verb virtual-printer says when it listens.</summary>
internal sealed record VirtualPrinterResult(Uri Address, string Folder);
