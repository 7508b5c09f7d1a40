"""What does their board say?"""
