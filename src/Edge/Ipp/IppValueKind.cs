namespace Dwapi.Edge.Ipp;

/// <summary>Shapes of values on the wire.</summary>
internal enum IppValueKind
{
    /// <summary>A tag that this codec does not know: its bytes are kept.</summary>
    Octets = 0,
    OutOfBand,
    Integer,
    Boolean,
    DateTime,
    Resolution,
    Range,
    Collection,
    LocalizedText,
    Text,

    /// <summary>Belongs to the inside of a collection and is no value.</summary>
    Structure,
}
