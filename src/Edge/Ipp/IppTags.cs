namespace Dwapi.Edge.Ipp;

/// <summary>Which shape a tag has: the one table of encoder and decoder (RFC 8010 3.9).</summary>
internal static class IppTags
{
    /// <summary>The highest tag that begins a group; what is above begins a value.</summary>
    public const byte LastDelimiter = 0x0F;

    /// <summary>The shape of the values of a tag.</summary>
    public static IppValueKind KindOf(IppTag tag) => tag switch
    {
        >= (IppTag)0x10 and <= (IppTag)0x1F => IppValueKind.OutOfBand,
        IppTag.Integer or IppTag.Enum => IppValueKind.Integer,
        IppTag.Boolean => IppValueKind.Boolean,
        IppTag.DateTime => IppValueKind.DateTime,
        IppTag.Resolution => IppValueKind.Resolution,
        IppTag.RangeOfInteger => IppValueKind.Range,
        IppTag.BegCollection => IppValueKind.Collection,
        IppTag.TextWithLanguage or IppTag.NameWithLanguage => IppValueKind.LocalizedText,
        IppTag.TextWithoutLanguage or IppTag.NameWithoutLanguage or (>= IppTag.Keyword and <= IppTag.MimeMediaType) => IppValueKind.Text,
        IppTag.EndCollection or IppTag.MemberAttrName => IppValueKind.Structure,
        _ => IppValueKind.Octets,
    };
}
