namespace Dwapi.Edge.DBus;

/// <summary>What a message is; others are to be ignored.</summary>
internal enum DBusMessageType : byte
{
    /// <summary>No message has it.</summary>
    Invalid = 0,

    /// <summary>A call.</summary>
    Call = 1,

    /// <summary>The answer to one.</summary>
    Return = 2,

    /// <summary>The other answer to one.</summary>
    Error = 3,

    /// <summary>A signal.</summary>
    Signal = 4,
}
