namespace Dwapi.Edge.Gatt;

/// <summary>What became of a request for records.</summary>
internal enum RecordAccessResult : byte
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>All are sent.</summary>
    Success = 1,

    /// <summary>The device does not know this way of asking.</summary>
    OperatorNotSupported = 4,

    /// <summary>There are none.</summary>
    NoRecords = 6,

    /// <summary>The device does not number its records.</summary>
    OperandNotSupported = 9,
}
