namespace Dwapi.Gotapi.Validation;

/// <summary>Why a slice is refused, without any of its values.</summary>
/// <param name="Fault">The kind of fault; None if there is none.</param>
/// <param name="Part">The part at fault, a name of the table, or null.</param>
/// <param name="Member">The member at fault, a word of the protocol, or null.</param>
public readonly record struct HealthRefusal(HealthFault Fault, string? Part = null, string? Member = null)
{
    /// <summary>True if there is a fault.</summary>
    public bool IsRefused => Fault != HealthFault.None;

    /// <summary>What is wrong and how to correct it.</summary>
    public string Message => Fault switch
    {
        HealthFault.None => "",
        HealthFault.NotJson => "The object is not JSON in UTF-8, or it is nested too deep.",
        HealthFault.TooLarge => "The object is too large or has too many members.",
        HealthFault.DuplicateMember => $"A member{In} is there twice.",
        HealthFault.ReservedMember => $"A member's name{In} is written with escapes or is one of the server's own. Use another.",
        HealthFault.MissingMember => $"The member {Name} is missing.",
        HealthFault.InvalidMember => $"The member {Name} has the wrong type, form or length.",
        HealthFault.MderFloatDiffers => $"value and mderFloat{In} are not the same number.",
        HealthFault.NoValue => $"mderFloat{In} says that there is no value. Leave the part out.",
        _ => $"timeStamp and timeStampString{In} are not the same instant.",
    };

    private string In => Part is null ? "" : $" of {Part}";

    private string Name => Part is null ? Member ?? "" : Member is null ? Part : $"{Part}.{Member}";
}
