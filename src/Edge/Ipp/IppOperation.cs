namespace Dwapi.Edge.Ipp;

/// <summary>Operations (RFC 8011 5.4.15, RFC 3998, PWG 5100.7 and 5100.11).</summary>
internal enum IppOperation : ushort
{
    ValidateJob = 0x0004,
    CreateJob = 0x0005,
    SendDocument = 0x0006,
    SendUri = 0x0007,
    CancelJob = 0x0008,
    GetJobAttributes = 0x0009,
    GetJobs = 0x000A,
    GetPrinterAttributes = 0x000B,
    PausePrinter = 0x0010,
    ResumePrinter = 0x0011,
    SuspendCurrentJob = 0x002E,
    ResumeJob = 0x002F,
}
