using System.Collections.Immutable;
using System.Text.Json;
using Dwapi.Gotapi.Codes;

namespace Dwapi.Gotapi.Health;

/// <summary>One quantity of a health object, for example <c>temperature</c>.</summary>
public sealed class HealthPart
{
    internal HealthPart(string name, bool mandatory, ImmutableArray<MdcCode> types, ImmutableArray<MdcCode> units)
    {
        Name = name;
        Mandatory = mandatory;
        Types = types;
        Units = units;
        EncodedName = JsonEncodedText.Encode(name);
    }

    /// <summary>The member's name.</summary>
    public string Name { get; }

    /// <summary>True if a measurement without it is none; otherwise it exists exactly when the device reported it.</summary>
    public bool Mandatory { get; }

    /// <summary>
    /// True if it stands only in an intermediate value, in place of the mandatory ones, which are not there before the measurement ends.
    /// </summary>
    public bool Intermediate { get; internal init; }

    /// <summary>The types it can have; <see cref="MdcCodes.Unspecified"/> is always possible too.</summary>
    public ImmutableArray<MdcCode> Types { get; }

    /// <summary>The units it can have.</summary>
    public ImmutableArray<MdcCode> Units { get; }

    internal JsonEncodedText EncodedName { get; }
}
