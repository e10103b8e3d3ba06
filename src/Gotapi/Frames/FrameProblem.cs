namespace Dwapi.Gotapi.Frames;

/// <summary>Why a frame or an item of it is refused.</summary>
public enum FrameProblem : byte
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>Larger than its limit.</summary>
    TooLarge,

    /// <summary>Not one JSON object, not valid UTF-8, nested too deep or with a member twice.</summary>
    NotJson,

    /// <summary>The member <c>method</c> is missing or not known.</summary>
    UnknownMethod,

    /// <summary>A mandatory member is missing.</summary>
    MissingMember,

    /// <summary>A member has the wrong type, is out of range or too long.</summary>
    InvalidMember,
}
