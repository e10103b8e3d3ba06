namespace Dwapi.Gotapi.Validation;

/// <summary>Names of the members of a quantity object.</summary>
internal static class QuantityMember
{
    public const string Value = "value";
    public const string MderFloat = "mderFloat";
    public const string Type = "type";
    public const string TypeCode = "typeCode";
    public const string Unit = "unit";
    public const string UnitCode = "unitCode";
    public const string TimeStamp = "timeStamp";
    public const string TimeStampString = "timeStampString";
    public const string TimeStampByPlugIn = "timeStampByPlugIn";

    public static string Of(QuantityMembers member) => member switch
    {
        QuantityMembers.Value => Value,
        QuantityMembers.MderFloat => MderFloat,
        QuantityMembers.Type => Type,
        QuantityMembers.TypeCode => TypeCode,
        QuantityMembers.Unit => Unit,
        QuantityMembers.UnitCode => UnitCode,
        QuantityMembers.TimeStamp => TimeStamp,
        QuantityMembers.TimeStampString => TimeStampString,
        _ => TimeStampByPlugIn,
    };

    /// <summary>The member of a name; <paramref name="spelling"/> says whether it has to be rewritten.</summary>
    public static QuantityMembers Find(ReadOnlySpan<byte> name, out bool spelling)
    {
        spelling = false;
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("type"u8): return QuantityMembers.Type;
            case 4 when name.SequenceEqual("unit"u8): return QuantityMembers.Unit;
            case 5 when name.SequenceEqual("value"u8): return QuantityMembers.Value;
            case 8 when name.SequenceEqual("typeCode"u8): return QuantityMembers.TypeCode;
            case 8 when name.SequenceEqual("unitCode"u8): return QuantityMembers.UnitCode;
            case 8 when name.SequenceEqual("mdrFloat"u8):
                spelling = true;
                return QuantityMembers.MderFloat;
            case 9 when name.SequenceEqual("mderFloat"u8): return QuantityMembers.MderFloat;
            case 9 when name.SequenceEqual("timeStamp"u8): return QuantityMembers.TimeStamp;
            case 15 when name.SequenceEqual("timeStampString"u8): return QuantityMembers.TimeStampString;
            case 15 when name.SequenceEqual("timestampString"u8):
                spelling = true;
                return QuantityMembers.TimeStampString;
            case 17 when name.SequenceEqual("timeStampByPlugIn"u8): return QuantityMembers.TimeStampByPlugIn;
            default: return QuantityMembers.None;
        }
    }
}
