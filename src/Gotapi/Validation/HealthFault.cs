namespace Dwapi.Gotapi.Validation;

/// <summary>Why a slice of a health object is refused at the door.</summary>
public enum HealthFault : byte
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>Not one JSON object in valid UTF-8, or nested too deep.</summary>
    NotJson,

    /// <summary>Larger than its limit, or with too many members.</summary>
    TooLarge,

    /// <summary>A member is there twice.</summary>
    DuplicateMember,

    /// <summary>A member's name is written with escapes or is one of the server's own.</summary>
    ReservedMember,

    /// <summary>A mandatory part or member is missing.</summary>
    MissingMember,

    /// <summary>A member has the wrong type, form or length.</summary>
    InvalidMember,

    /// <summary>mderFloat is not the same number as value.</summary>
    MderFloatDiffers,

    /// <summary>mderFloat says that there is no value: such a measurement is not sent (DECISIONS 18).</summary>
    NoValue,

    /// <summary>timeStamp and timeStampString are not the same instant.</summary>
    TimeStampDiffers,
}
