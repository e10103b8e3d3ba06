namespace Dwapi.Edge.Ipp;

/// <summary>A character string: text, name, keyword, uri, uriScheme, charset, naturalLanguage or mimeMediaType.</summary>
internal sealed record IppText(IppTag Tag, string Text) : IppValue(Tag);
