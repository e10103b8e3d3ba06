namespace Dwapi.Gotapi.Validation;

/// <summary>The members of a quantity object, and the other spellings of them that are accepted and rewritten.</summary>
[Flags]
internal enum QuantityMembers
{
    None = 0,
    Value = 1,
    MderFloat = 2,
    Type = 4,
    TypeCode = 8,
    Unit = 16,
    UnitCode = 32,
    TimeStamp = 64,
    TimeStampString = 128,
    TimeStampByPlugIn = 256,

    // The texts do not have it, so plug-ins written to them do not send it: added at the door.
    Mandatory = Value | MderFloat | Type | TypeCode | Unit | UnitCode | TimeStamp | TimeStampString,
}
