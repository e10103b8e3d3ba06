using System.Collections.Immutable;
using Dwapi.Edge.Ipp;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>A request to a printer in the making: its operation attributes, in the order that RFC 8011 4.1.4 wants.</summary>
internal sealed class IppRequest
{
    // document-uri is a uri: 1023 octets (RFC 8011 5.1.6). So is an octetString (5.1.11).
    public const int LongestUri = 1023;
    private const int LongestOctets = 1023;

    private readonly ImmutableArray<IppAttribute>.Builder _attributes = ImmutableArray.CreateBuilder<IppAttribute>();

    /// <param name="operation">The operation.</param>
    /// <param name="printerUri">The printer.</param>
    /// <param name="jobId">The job that it is about; null for none.</param>
    public IppRequest(IppOperation operation, string printerUri, int? jobId = null)
    {
        Operation = operation;
        Add("attributes-charset", new IppText(IppTag.Charset, "utf-8"));
        Add("attributes-natural-language", new IppText(IppTag.NaturalLanguage, "en"));
        Add("printer-uri", new IppText(IppTag.Uri, printerUri));
        if (jobId is { } id)
            Add("job-id", new IppInteger(IppTag.Integer, id));
        Add("requesting-user-name", new IppText(IppTag.NameWithoutLanguage, "dwapi"));
    }

    /// <summary>The operation.</summary>
    public IppOperation Operation { get; }

    /// <summary>Adds an attribute.</summary>
    public IppRequest Add(string name, params ReadOnlySpan<IppValue> values)
    {
        _attributes.Add(new IppAttribute(name, [.. values]));
        return this;
    }

    /// <summary>Adds requested-attributes.</summary>
    public IppRequest Want(ImmutableArray<string> names) =>
        Add("requested-attributes", [.. names.Select(name => (IppValue)new IppText(IppTag.Keyword, name))]);

    /// <summary>Adds document-format, if it is known.</summary>
    public IppRequest WithFormat(string? format) => format is null ? this : Add("document-format", new IppText(IppTag.MimeMediaType, format));

    /// <summary>Adds document-access with a token for the Authorization header of the fetch.</summary>
    public IppRequest WithToken(string token)
    {
        var octets = System.Text.Encoding.UTF8.GetBytes(token).Chunk(LongestOctets).Select(part => (IppValue)new IppOctets(IppTag.OctetString, [.. part]));
        return Add("document-access", new IppCollection(new IppAttributes([new IppAttribute("access-oauth-token", [.. octets])])));
    }

    /// <summary>The message.</summary>
    public IppMessage ToMessage(int requestId) =>
        new((ushort)Operation, requestId, [new IppGroup(IppTag.OperationAttributes, new IppAttributes(_attributes.ToImmutable()))]);
}
