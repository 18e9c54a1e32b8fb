using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// A thread's use of one model, from <see cref="ModelState.Enter"/> to Dispose, which gives the model free again however the call ends.
/// Calls may nest on one thread: a step is several programs and the reading of their results, and none of another thread's may come in
/// between.
/// </summary>
public readonly ref struct ModelUse
{
    readonly Owner owner;

    ModelUse(Owner owner) => this.owner = owner;

    /// <summary>Ends the use.</summary>
    public void Dispose() => owner.Leave();

    /// <summary>Which thread a model is used by.</summary>
    internal sealed class Owner(string model)
    {
        int thread;
        int depth;
        bool isTelling;

        public ModelUse Enter()
        {
            var current = Environment.CurrentManagedThreadId;
            // Only this thread writes its own number here, so where it stands the model is this thread's already.
            if (Volatile.Read(ref thread) != current && Interlocked.CompareExchange(ref thread, current, 0) != 0) throw InUse();
            // The user's own code, in the middle of a call on this thread.
            if (isTelling) throw InUse();
            depth++;
            return new ModelUse(this);
        }

        public void Leave()
        {
            if (--depth == 0) Volatile.Write(ref thread, 0);
        }

        /// <summary>
        /// Tells a caller how far its call is, whichever thread computed that; in between, the model is nobody's to call. The model is in
        /// use, and one thread at a time tells.
        /// </summary>
        public void Tell(IProgress<double> progress, double part)
        {
            isTelling = true;
            try
            {
                progress.Report(part);
            }
            finally
            {
                isTelling = false;
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        InvalidOperationException InUse() => new(isTelling
            ? $"{model} is in use by the call that tells its progress: a model has one state, so calls of one model must not overlap. "
                + "Call it when that call has returned; from what is told, another model may be called."
            : $"{model} is in use by another thread: a model has one state, so calls of one model must not overlap. "
                + "Take turns, for example under a lock, or give each thread a model of its own; several models may share a device.");
    }
}
