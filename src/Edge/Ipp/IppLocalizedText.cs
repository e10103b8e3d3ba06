namespace Dwapi.Edge.Ipp;

/// <summary>A text or name with the language that it is in.</summary>
internal sealed record IppLocalizedText(IppTag Tag, string Language, string Text) : IppValue(Tag);
