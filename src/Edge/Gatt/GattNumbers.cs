namespace Dwapi.Edge.Gatt;

/// <summary>The 16-bit numbers of the characteristics that the edge knows.</summary>
public static class GattNumbers
{
    /// <summary>Date Time.</summary>
    public const ushort DateTime = 0x2A08;

    /// <summary>Battery Level.</summary>
    public const ushort BatteryLevel = 0x2A19;

    /// <summary>Glucose Measurement.</summary>
    public const ushort GlucoseMeasurement = 0x2A18;

    /// <summary>Glucose Measurement Context.</summary>
    public const ushort GlucoseContext = 0x2A34;

    /// <summary>Blood Pressure Measurement.</summary>
    public const ushort BloodPressureMeasurement = 0x2A35;

    /// <summary>Intermediate Cuff Pressure.</summary>
    public const ushort IntermediateCuffPressure = 0x2A36;

    /// <summary>Record Access Control Point.</summary>
    public const ushort RecordAccessControlPoint = 0x2A52;

    /// <summary>PLX Spot-Check Measurement.</summary>
    public const ushort PulseOximeterSpotCheck = 0x2A5E;

    /// <summary>PLX Continuous Measurement.</summary>
    public const ushort PulseOximeterContinuous = 0x2A5F;

    /// <summary>Temperature Measurement.</summary>
    public const ushort TemperatureMeasurement = 0x2A1C;

    /// <summary>Temperature Type.</summary>
    public const ushort TemperatureType = 0x2A1D;

    /// <summary>Intermediate Temperature.</summary>
    public const ushort IntermediateTemperature = 0x2A1E;

    /// <summary>System ID.</summary>
    public const ushort SystemId = 0x2A23;

    /// <summary>Model Number String.</summary>
    public const ushort ModelNumber = 0x2A24;

    /// <summary>Serial Number String.</summary>
    public const ushort SerialNumber = 0x2A25;

    /// <summary>Firmware Revision String.</summary>
    public const ushort FirmwareRevision = 0x2A26;

    /// <summary>Hardware Revision String.</summary>
    public const ushort HardwareRevision = 0x2A27;

    /// <summary>Software Revision String.</summary>
    public const ushort SoftwareRevision = 0x2A28;

    /// <summary>Manufacturer Name String.</summary>
    public const ushort ManufacturerName = 0x2A29;

    /// <summary>Current Time.</summary>
    public const ushort CurrentTime = 0x2A2B;

    /// <summary>Heart Rate Measurement.</summary>
    public const ushort HeartRateMeasurement = 0x2A37;

    /// <summary>Body Sensor Location.</summary>
    public const ushort BodySensorLocation = 0x2A38;

    /// <summary>Heart Rate Control Point.</summary>
    public const ushort HeartRateControlPoint = 0x2A39;

    /// <summary>Body Composition Feature.</summary>
    public const ushort BodyCompositionFeature = 0x2A9B;

    /// <summary>Body Composition Measurement.</summary>
    public const ushort BodyCompositionMeasurement = 0x2A9C;

    /// <summary>Weight Measurement.</summary>
    public const ushort WeightMeasurement = 0x2A9D;

    /// <summary>Weight Scale Feature.</summary>
    public const ushort WeightScaleFeature = 0x2A9E;
}
