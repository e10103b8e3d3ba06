using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Sessions;

/// <summary>A grain call whose answer nobody waits for; its fault is logged, never lost.</summary>
internal static class BackgroundCall
{
    public static void Forget(this Task call, ILogger logger)
    {
        if (!call.IsCompletedSuccessfully)
        {
            _ = Watch(call, logger);
        }
    }

    private static async Task Watch(Task call, ILogger logger)
    {
        try
        {
            await call;
        }
        catch (Exception fault)
        {
            Log.BackgroundCallFailed(logger, fault);
        }
    }
}
