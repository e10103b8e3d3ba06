namespace Dwapi.Gotapi.Frames;

/// <summary>Why a frame or an item is refused, without any of its values.</summary>
/// <param name="Problem">The kind of fault; None if there is none.</param>
/// <param name="Member">Name of the member at fault, a word of the protocol, never the sender's text.</param>
public readonly record struct FrameRefusal(FrameProblem Problem, string? Member = null)
{
    /// <summary>True if there is a fault.</summary>
    public bool IsRefused => Problem != FrameProblem.None;

    /// <summary>What is wrong and how to correct it.</summary>
    public string Message => Problem switch
    {
        FrameProblem.None => "",
        FrameProblem.TooLarge => $"The {Member ?? "frame"} is too large. Send less in one frame.",
        FrameProblem.NotJson => "The frame is not one JSON object. Send UTF-8 JSON, no member twice.",
        FrameProblem.UnknownMethod => "The member method is missing or not known. See docs/plugin-protocol.md.",
        FrameProblem.MissingMember => $"The member {Member} is missing.",
        _ => $"The member {Member} is not valid. Check its type and limits.",
    };
}
